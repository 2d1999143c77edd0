using Benchmark.Cli.Stability.Files;
using DuckDB.NET.Data;

namespace Benchmark.Cli.Init;

/// <summary>
/// How delimited text is read: as DuckDB recognises it, unless its first rows say that it is mistaken.
/// </summary>
internal static class CsvForm
{
    private const double NearlyAll = 0.9;

    /// <summary>Decides it.</summary>
    /// <exception cref="UsageException">It cannot be read, or is broken.</exception>
    public static FileReading Of(DataFile file, LocalFiles files, CancellationToken ct)
    {
        var encoding = CsvEncoding.Of(file.Paths, ct);
        var path = file.Paths[0];
        FileHead head;
        using (var stream = FileBytes.Open(path, FileFormats.IsGzip(path)))
            head = FileHead.Of(stream, encoding.Encoding, delimiter: null);
        var reading = FileReading.Of(file) with { Head = head, Encoding = encoding.Encoding };
        if (encoding.Why is { } why)
            reading = reading.With(new Setting($"encoding = '{encoding.Name}'", why));

        var names = Names(reading, files);
        if (names?.Count == head.First.Count)
            return Named(reading, names);
        var told = reading.With(Delimiter(head.Delimiter))
            .With(new Setting("header = true", "The first row is a header."));
        if (IsRegular(head) && Names(told, files) is { } others && others.Count == head.First.Count)
            return Named(told, others);
        if (names is null || IsOneColumnOfSeveral(names, head))
            throw new UsageException(
                Fault(reading, path, ct) ?? $"{path} cannot be read as a table: its rows have no common form.");
        return Named(reading with
        {
            Remarks = [$"The first row of {path}, '{string.Join(head.Delimiter, head.First)}', is not taken for data."],
        }, names);
    }

    /// <summary>What is wrong with the first row that is broken, and what to do; null when none is.</summary>
    public static string? Fault(FileReading reading, string path, CancellationToken ct)
    {
        if (reading.Head is not { } head)
            return null;
        var bytes = FileBytes.Of(path, ct);
        using var text = new StreamReader(FileBytes.Open(path, bytes.IsGzip), reading.Encoding);
        if (CsvFault.First(text, head.Delimiter, head.First.Count) is { } fault)
            return $"{path}: {fault}. Correct the file where it is made.";
        return bytes.MixesLineEnds
            ? $"{path}: some lines end with a carriage return and a line feed, and others not. Make them alike: "
                + Conversion.Of(path, bytes, "tr -d '\\r'")
            : null;
    }

    private static FileReading Named(FileReading reading, IReadOnlyList<string> names) => reading with
    {
        NameRemarks = HeaderNames.Remarks(reading.Head!.First, names),
        Remarks =
        [
            .. reading.Remarks,
            .. HeaderNames.AreMadeUp(names)
                ? (string[])[$"{reading.File.Paths[0]} has no header: its columns are called column0 and so on."] : [],
        ],
    };

    private static List<string>? Names(FileReading reading, LocalFiles files)
    {
        try
        {
            return [.. files.Columns(reading.RelationOf(DataFile.Escaped(reading.File.Paths[0])))
                .Select(column => column.Name)];
        }
        catch (DuckDBException)
        {
            return null;
        }
    }

    private static bool IsRegular(FileHead head) => head.First.Count > 1
        && head.Sample.Count(row => row.Count == head.First.Count) >= NearlyAll * head.Sample.Count;

    private static bool IsOneColumnOfSeveral(List<string> names, FileHead head) =>
        names is [var only] && head.First.Count > 1 && only.Contains(head.Delimiter, StringComparison.Ordinal);

    private static Setting Delimiter(char delimiter) => new(
        $"delim = '{(delimiter == '\t' ? "\\t" : delimiter)}'",
        "By itself, DuckDB takes another character for the delimiter.");
}
