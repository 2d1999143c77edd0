using System.Data.Common;
using System.Text.RegularExpressions;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Totals;
using Benchmark.Data.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Benchmark.Fetcher.Sources.Sqlite;

/// <summary>SQLite: a database file.</summary>
internal sealed partial class SqliteSource : SourceKind
{
    public override DbProviderFactory Factory => SqliteFactory.Instance;

    public override string Prepare(SourceDefinition source)
    {
        // Without a pool the file is closed when the fetch ends, so that it can be replaced.
        var builder =
            new SqliteConnectionStringBuilder(source.Connection) { Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        if (!Posix.IsFile(builder.DataSource))
            throw SourceFiles.Missing(source, builder.DataSource);
        return builder.ConnectionString;
    }

    public override string Quote(string part) => Identifiers.DoubleQuoted(part);

    public override Task SetUpAsync(DbConnection connection, Guid runId, TimeSpan fetchTimeout, CancellationToken ct)
    {
        // SQLite has no digest of its own.
        ((SqliteConnection)connection).CreateFunction<byte[], long>(
            "benchmark_digest", value => unchecked((long)ControlTotals.DigestOf(value)), isDeterministic: true);
        // Its read transaction.
        return ExecuteAsync(connection, "BEGIN DEFERRED", ct);
    }

    // SQLite stores timestamps as text and cannot compute microseconds, so only NULLs are
    // counted.
    public override string? Total(Measure measure, string column) => measure switch
    {
        // In two halves: SQLite's sum of integers may overflow.
        Measure.WholeSum => $"sum({column} >> 32) || ':' || sum({column} & 4294967295)",
        Measure.FiniteSum => $"sum(iif({column} BETWEEN -1e290 AND 1e290, cast({column} AS REAL), NULL))",
        Measure.NotFinite => $"count(iif({column} BETWEEN -1e290 AND 1e290, NULL, {column}))",
        Measure.Characters or Measure.Octets => $"sum(length({column}))",
        Measure.TextDigest or Measure.OctetsDigest =>
            $"sum(iif({column} IS NULL, NULL, benchmark_digest({column})) >> 32) || ':' || "
            + $"sum(iif({column} IS NULL, NULL, benchmark_digest({column})) & 4294967295)",
        Measure.Days => $"sum(cast(julianday({column}) - 2440587.5 AS INTEGER))",
        Measure.Trues => $"sum({column})",
        _ => null,
    };

    // The driver's own Cancel does nothing.
    public override void Cancel(DbCommand command)
    {
        if (command.Connection is SqliteConnection { Handle: { } handle })
            raw.sqlite3_interrupt(handle);
    }

    public override CsvColumn Column(DbDataReader reader, int ordinal)
    {
        var name = reader.GetName(ordinal);
        if (raw.sqlite3_column_decltype(((SqliteDataReader)reader).Handle, ordinal).utf8_to_string() is null)
            return new SqliteUndeclaredColumn(name, ordinal);
        var declared = reader.GetDataTypeName(ordinal).ToUpperInvariant();
        // The order of SQLite's own rules for affinity (https://sqlite.org/datatype3.html), after the words that its
        // users mean something by.
        return declared switch
        {
            "BOOLEAN" or "BOOL" => new CellColumn<SqliteBooleanCell>(name, ordinal),
            "DATE" => new CellColumn<SqliteDateCell>(name, ordinal),
            "DATETIME" or "TIMESTAMP" => new CellColumn<SqliteTimestampCell>(name, ordinal),
            _ when declared.Contains("INT") => new CellColumn<SqliteIntegerCell>(name, ordinal),
            _ when declared.Contains("CHAR") || declared.Contains("CLOB") || declared.Contains("TEXT")
                || declared is "JSON" or "UUID"
                => new CellColumn<SqliteTextCell>(name, ordinal),
            "BLOB" => new CellColumn<SqliteBlobCell>(name, ordinal),
            _ when declared.Contains("REAL") || declared.Contains("FLOA") || declared.Contains("DOUB")
                || declared.Contains("NUM") || declared.Contains("DEC") =>
                    new CellColumn<SqliteNumberCell>(name, ordinal),
            _ => throw Unsupported(reader, ordinal, declared),
        };
    }

    public override async Task<string?> HintAsync(DbConnection connection, DbException failure, CancellationToken ct) =>
        failure is SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY }
            ? "The file is there. In WAL mode, SQLite must write into its directory even to read it: mount that "
                + "writable, or end the mode where the file is made (PRAGMA journal_mode = delete)."
        : UnknownTable().Match(failure.Message) is { Success: true } unknown
            ? await NearestTable.HintAsync(
                connection, unknown.Groups[1].Value, Catalogue, ct)
            : null;

    public override string Catalogue =>
        $"SELECT NULL, name FROM sqlite_master WHERE type IN ('table', 'view') LIMIT {KnownTables.Most}";

    public override FailureClass Classify(Exception failure)
    {
        const int outOfMemory = 7, inputOutput = 10, full = 13, protocol = 15;
        return failure is SqliteException
        {
            SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or outOfMemory or inputOutput or full or protocol
        }
            ? FailureClass.Transient
            : FailureClass.Permanent;
    }

    public override bool IsWrongQuery(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: raw.SQLITE_ERROR };

    [GeneratedRegex(@"no such table: ([^']*)", RegexOptions.CultureInvariant)]
    private static partial Regex UnknownTable();
}
