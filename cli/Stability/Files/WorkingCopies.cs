using System.Globalization;
using System.Text;
using Benchmark.Cli.Stability.Foreign;
using DuckDB.NET.Data;

namespace Benchmark.Cli.Stability.Files;

/// <summary>
/// Copies of files in the dialect, made by DuckDB in a directory of its own that goes when this does.
/// </summary>
internal sealed class WorkingCopies : IDisposable
{
    // Its blocks and buffers; rows are never kept.
    private const string MemoryLimit = "512MB";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-psi-");
    private readonly DuckDBConnection _connection;
    private int _number;

    public WorkingCopies()
    {
        _connection = new DuckDBConnection(
            // What is compared are files of this machine: no extension is needed, and none is downloaded.
            $"Data Source=:memory:;memory_limit={MemoryLimit};autoinstall_known_extensions=false;"
            + "autoload_known_extensions=false");
        try
        {
            _connection.Open();
            // Not in the connection's words, where a semicolon of the path would end it.
            var spill = Path.Combine(_directory.FullName, "spill");
            Execute($"SET temp_directory = {Literal(spill)}", CancellationToken.None);
            // Timestamps of Parquet are instants, whatever zone this machine is in.
            Execute("SET TimeZone = 'UTC'", CancellationToken.None);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _directory.Delete(recursive: true);
    }

    /// <summary>Copies a file and looks at its values.</summary>
    /// <exception cref="UsageException">It is no table, or has to be read in a way that was not said.</exception>
    public ImportedFile Import(string path, ReadingOptions options, CancellationToken ct)
    {
        // A name of its own: in one that was given, DuckDB would take brackets and stars for a pattern.
        var source = Path.Combine(_directory.FullName, $"{++_number}.source");
        File.CreateSymbolicLink(source, Path.GetFullPath(path));
        var copy = Path.Combine(_directory.FullName, $"{_number}.csv");
        try
        {
            var bytes = FileBytes.Of(path, ct);
            return bytes.IsParquet
                ? ImportParquet(path, source, copy, options, ct)
                : ImportCsv(path, source, copy, bytes, options, ct);
        }
        catch (InvalidDataException e)
        {
            throw new UsageException($"{path} is broken: {e.Message}");
        }
        catch (DuckDBException e) when (!ct.IsCancellationRequested)
        {
            throw new UsageException($"{path} cannot be read: {e.Message.Split('\n')[0]}");
        }
        catch (DuckDBException)
        {
            throw new OperationCanceledException(ct);
        }
    }

    /// <summary>Deletes a copy that is not needed any more.</summary>
    public static void Forget(ImportedFile file) => File.Delete(file.Values.Path);

    private ImportedFile ImportCsv(
        string path, string source, string copy, FileBytes bytes, ReadingOptions options, CancellationToken ct)
    {
        var encoding = EncodingOf(path, bytes, options);
        var (file, isGzip) = (source, bytes.IsGzip);
        if (encoding is not UTF8Encoding || bytes.MixesLineEnds)
        {
            file = Path.Combine(_directory.FullName, $"{_number}.plain");
            WritePlain(source, bytes.IsGzip, encoding, file, ct);
            isGzip = false;
        }
        FileHead head;
        using (var stream = FileBytes.Open(file, isGzip))
            head = FileHead.Of(stream, Encoding.UTF8, options.Delimiter);
        if (head.IsCut)
            throw new UsageException(
                $"{path}: the first row is longer than 1 MiB, or a quote in it is opened and never closed.");
        if (head.First.Count == 0)
            throw new UsageException($"{path}: the file is empty, without even a header.");

        var hasHeader = !ForeignFile.BeginsWithData(head.First, head.Sample, options.Values);
        var remarks = new List<string>();
        if (!hasHeader)
            remarks.Add(
                $"{path} has no header: its first row holds values ({string.Join(", ", head.First.Take(3))}). "
                + "Its columns are called column_1, column_2 and so on.");
        var names = NamesOf(path, head, hasHeader, remarks);
        var columns = names.Select((name, i) => (Name: name, Column: $"c{i}")).Where(column => column.Name.Length > 0);
        var read = $"""
            read_csv({Literal(file)}, auto_detect = false, header = {hasHeader}, skip = {head.BlankLines},
                delim = {Literal($"{head.Delimiter}")}, quote = {Literal($"{head.Quote}")},
                escape = {Literal($"{head.Quote}")}, compression = '{(isGzip ? "gzip" : "none")}',
                nullstr = '', allow_quoted_nulls = false, strict_mode = true, store_rejects = true, rejects_limit = 0,
                columns = {"{"}{string.Join(", ", names.Select((_, i) => $"'c{i}': 'VARCHAR'"))}{"}"})
            """;
        Execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans", ct);
        Copy(columns.Select(column => $"{column.Column} AS {Name(column.Name)}"), read, copy, ct);
        var rejected = Rejected(path, names.Count, ct);
        var values = ForeignFile.Read(copy, head.Delimiter == ',', options.Values, ct);
        if (rejected.Count > values.Rows)
            throw new UsageException(
                $"{path}: most rows have more or fewer fields than the header's {names.Count}, the first in line "
                + $"{rejected.FirstLine}. Read with delimiter '{head.Delimiter}'; say another with --delimiter.");
        if (rejected.Count > 0)
            remarks.Add(
                $"{path}: rows with more or fewer fields than the header's {names.Count}: {rejected.Count} (line "
                + $"{rejected.FirstLine}). They are left out.");
        if (file != source)
            File.Delete(file);
        return new ImportedFile(
            new FileDescription
            {
                File = path,
                Format = "csv",
                Compression = bytes.IsGzip ? "gzip" : null,
                Encoding = encoding.WebName,
                Delimiter = names.Count == 1 ? null : $"{head.Delimiter}",
                Quote = $"{head.Quote}",
                Decimal = values.DecimalComma ? "," : ".",
                Header = hasHeader,
                Rows = values.Rows,
                Remarks = remarks,
            },
            values);
    }

    private ImportedFile ImportParquet(
        string path, string source, string copy, ReadingOptions options, CancellationToken ct)
    {
        var read = $"read_parquet({Literal(source)})";
        var names = new List<string>();
        var left = new List<string>();
        using (var command = Command($"DESCRIBE SELECT * FROM {read}"))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
                (reader.GetString(1) == "BLOB" ? left : names).Add(reader.GetString(0));
        }
        if (names.Count == 0)
            throw new UsageException($"{path} has no column that can be compared.");
        Copy(names.Select(name => $"{Name(name)}::VARCHAR AS {Name(name)}"), read, copy, ct);
        var values = ForeignFile.Read(copy, commasSeparate: true, options.Values with { Decimal = '.' }, ct);
        return new ImportedFile(
            new FileDescription
            {
                File = path,
                Format = "parquet",
                Rows = values.Rows,
                Remarks = [.. left.Select(name => $"{path}: column {name} holds bytes and is not compared.")],
            },
            values);
    }

    private static Encoding EncodingOf(string path, FileBytes bytes, ReadingOptions options)
    {
        var isUtf8 = bytes.NotUtf8 is null;
        if (bytes.Marked is { } marked && !isUtf8)
            return marked;
        if (options.Encoding is { } told && (told is UTF8Encoding ? isUtf8 : !isUtf8 || bytes.NulLine is not null))
            return told;
        if (bytes.NotUtf8 is { Line: var line })
            throw new UsageException(
                $"{path} is not UTF-8 (line {line}). Say how it is encoded, for example with --encoding latin-1, "
                + "--encoding windows-1252 or --encoding utf-16.");
        return bytes.NulLine is { } nul
            ? throw new UsageException(
                $"{path} has a NUL byte (line {nul}): it is no text, or its encoding has to be said, for example with "
                + "--encoding utf-16.")
            : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }

    // UTF-8 and line feeds; DuckDB loses rows where line ends are mixed.
    private static void WritePlain(string source, bool isGzip, Encoding encoding, string target, CancellationToken ct)
    {
        using var stream = FileBytes.Open(source, isGzip);
        using var reader = new StreamReader(stream, encoding);
        using var writer = new StreamWriter(target, append: false, new UTF8Encoding(false));
        var block = new char[1 << 16];
        var pendingReturn = false;
        int read;
        while ((read = reader.Read(block)) > 0)
        {
            ct.ThrowIfCancellationRequested();
            foreach (var c in block.AsSpan(0, read))
            {
                if (pendingReturn && c != '\n')
                    writer.Write('\r');
                pendingReturn = c == '\r';
                if (!pendingReturn)
                    writer.Write(c);
            }
        }
        if (pendingReturn)
            writer.Write('\r');
    }

    // A column without a name, as pandas' index has none, is left out: its name is "".
    private static List<string> NamesOf(string path, FileHead head, bool hasHeader, List<string> remarks)
    {
        if (!hasHeader)
            return [.. head.First.Select((_, i) => $"column_{i + 1}")];
        foreach (var same in head.First.Index().Where(name => name.Item.Length > 0)
            .GroupBy(name => name.Item, name => name.Index + 1).Where(group => group.Count() > 1))
            throw new UsageException(
                $"{path}: columns {string.Join(", ", same)} of the header have the same name, '{same.Key}'. Rename "
                + "one.");
        // DuckDB would give the second another name.
        foreach (var alike in head.First.Where(name => name.Length > 0)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            throw new UsageException(
                $"{path}: columns {string.Join(" and ", alike)} of the header differ only in case. Rename one.");
        var unnamed = head.First.Index().Where(name => name.Item.Length == 0).Select(name => name.Index + 1).ToList();
        if (unnamed.Count == head.First.Count)
            throw new UsageException($"{path}: no column of the header has a name.");
        if (unnamed.Count > 0)
            remarks.Add($"{path}: column {string.Join(", ", unnamed)} has no name in the header and is not compared.");
        return [.. head.First];
    }

    private (long Count, long FirstLine) Rejected(string path, int fields, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        long count = 0;
        var firstLine = long.MaxValue;
        using var command = Command(
            "SELECT error_type::VARCHAR, count(DISTINCT line), min(line) FROM reject_errors GROUP BY 1");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var line = Convert.ToInt64(reader.GetValue(2), CultureInfo.InvariantCulture);
            if (reader.GetString(0) is not ("MISSING COLUMNS" or "TOO MANY COLUMNS"))
                throw new UsageException(
                    $"{path}, line {line}: the row cannot be read. A quote is opened and never closed, stands in the "
                    + $"wrong place, or the row is longer than 2 MB. Rows have {fields} fields.");
            count += Convert.ToInt64(reader.GetValue(1), CultureInfo.InvariantCulture);
            firstLine = Math.Min(firstLine, line);
        }
        return (count, firstLine);
    }

    private void Copy(IEnumerable<string> columns, string from, string target, CancellationToken ct) => Execute(
        $"""
        COPY (SELECT {string.Join(", ", columns)} FROM {from}) TO {Literal(target)}
            (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '')
        """,
        ct);

    private void Execute(string sql, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var command = Command(sql);
        using var cancelling = ct.Register(command.Cancel);
        command.ExecuteNonQuery();
        ct.ThrowIfCancellationRequested();
    }

    private DuckDBCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
