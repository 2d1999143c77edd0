using System.Data.Common;
using System.Text.RegularExpressions;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Totals;
using Benchmark.Data.Writing;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Benchmark.Fetcher.Sources.DuckDb;

/// <summary>DuckDB: a database file, or <c>:memory:</c> with SQL over Parquet and CSV files.</summary>
internal sealed partial class DuckDbSource : SourceKind
{
    // What DuckDB has read stays in memory up to this; writing a table's rows needs no more.
    private const string MemoryLimit = "32MB";

    // For a query that sorts, groups or joins: with one thread, 1,000,000 x 30 were sorted from 96 MB on, with two not
    // with 128 MB.
    private const string MemoryLimitOfSorts = "256MB";

    private const string Begin = "BEGIN TRANSACTION";

    public override DbProviderFactory Factory => DuckDBClientFactory.Instance;

    public override string Prepare(SourceDefinition source)
    {
        var builder = new DuckDBConnectionStringBuilder { ConnectionString = source.Connection };
        // By default DuckDB takes 80 % of the machine, the blocks of the file it has read included. What does not fit
        // is put on disk meanwhile, and not beside the file, which may lie on a read-only mount.
        builder.Default("memory_limit", MemoryLimit);
        // Each thread needs memory of its own; other fetches have threads of theirs.
        builder.Default("threads", "1");
        builder.Default("temp_directory", Path.Combine(Path.GetTempPath(), "benchmark-duckdb"));
        DuckDbAccess.Default(builder);
        if (builder.DataSource.StartsWith(':'))
            return builder.ConnectionString;
        if (!Posix.IsFile(builder.DataSource))
            throw SourceFiles.Missing(source, builder.DataSource);
        // The driver shares one database among connections whose paths are spelt alike; two spellings of one file
        // would be two databases, which DuckDB refuses to have in one process.
        builder.DataSource = Path.GetFullPath(builder.DataSource);
        builder["ACCESS_MODE"] = "READ_ONLY";
        return builder.ConnectionString;
    }

    // A database in memory is its connection's own.
    public override bool IsWorthKeepingOpen(DbConnection connection) => !connection.DataSource.StartsWith(':');

    public override string Quote(string part) => Identifiers.DoubleQuoted(part);

    public override Task RestrictAsync(DbConnection connection, SourceDefinition source, CancellationToken ct)
    {
        DuckDbAccess.Restrict((DuckDBConnection)connection, source);
        return Task.CompletedTask;
    }

    // read_csv reads some of its file to know the columns, and has no room for it in the usual limit.
    public override async Task SetUpToDescribeAsync(DbConnection connection, CancellationToken ct)
    {
        if (IsDefault(connection, "memory_limit", MemoryLimit))
            await ExecuteAsync(connection, $"SET memory_limit = '{MemoryLimitOfSorts}'", ct);
    }

    public override Task SetUpAsync(DbConnection connection, Guid runId, TimeSpan fetchTimeout, CancellationToken ct) =>
        ExecuteAsync(connection, Begin, ct);

    public override async Task<PreparedQuery> PrepareAsync(
        DbCommand command, ModelDefinition model, CancellationToken ct)
    {
        // Its control totals group and add up what the query gives.
        if (model.Reconcile && IsDefault(command.Connection!, "memory_limit", MemoryLimit))
            await ExecuteAsync(command.Connection!, $"SET memory_limit = '{MemoryLimitOfSorts}'", ct);
        // Without it the driver keeps the whole result in memory.
        ((DuckDBCommand)command).UseStreamingMode = true;
        return PreparedQuery.Of(command);
    }

    public override async Task<T> ReadAsync<T>(
        DbCommand command, Func<DbDataReader, Task<T>> read, CancellationToken ct)
    {
        try
        {
            return await base.ReadAsync(command, read, ct);
        }
        catch (DuckDBException e) when (IsOutOfMemory(e) && IsDefault(command.Connection!, "memory_limit", MemoryLimit))
        {
            await ExecuteAsync(
                command.Connection!, $"ROLLBACK; SET memory_limit = '{MemoryLimitOfSorts}'; {Begin}", ct);
            return await base.ReadAsync(command, read, ct);
        }
    }

    public override string Catalogue =>
        "SELECT CASE WHEN table_schema <> 'main' THEN table_schema END, table_name "
        + $"FROM information_schema.tables LIMIT {KnownTables.Most}";

    public override async Task<string?> HintAsync(DbConnection connection, DbException failure, CancellationToken ct) =>
        IsOutOfMemory(failure)
            ? "The query sorts, groups or joins more than DuckDB may hold in memory: allow more in the source's "
                + "connection, for example \"Data Source=…;memory_limit=1GB\", or make the query smaller."
            : DuckDbAccess.Hint(failure) ?? (UnknownTable().Match(failure.Message) is { Success: true } unknown
                ? await NearestTable.HintAsync(
                    connection, unknown.Groups["full"] is { Success: true } full
                        ? full.Value.Replace("\"", "", StringComparison.Ordinal) : unknown.Groups["name"].Value,
                    Catalogue, ct)
                : null);

    public override string? Total(Measure measure, string column) => measure switch
    {
        Measure.WholeSum => Sum(column),
        Measure.DecimalSum =>
            $"{Sum($"replace({column}::VARCHAR, '.', '')::HUGEINT")} || 'e-' || "
            + $"max(length(split_part({column}::VARCHAR, '.', 2)))",
        // By way of the text, because a FLOAT is written as the shortest text that reads back as the same FLOAT.
        Measure.FiniteSum =>
            $"sum(CASE typeof({column}) WHEN 'FLOAT' THEN {column}::VARCHAR::DOUBLE ELSE {column}::DOUBLE END) "
            + $"FILTER ({column} BETWEEN -1e290 AND 1e290)",
        Measure.NotFinite => $"count({column}) FILTER (NOT {column} BETWEEN -1e290 AND 1e290)",
        Measure.Characters => $"sum(length({column}::VARCHAR))::VARCHAR",
        Measure.TextDigest => $"sum(('0x' || substr(md5({column}::VARCHAR), 17))::UBIGINT::HUGEINT)::VARCHAR",
        Measure.Octets => $"sum(octet_length({column}))::VARCHAR",
        Measure.OctetsDigest => $"sum(('0x' || substr(md5({column}), 17))::UBIGINT::HUGEINT)::VARCHAR",
        Measure.Days => $"sum({column} - DATE '1970-01-01')::VARCHAR",
        Measure.Microseconds => $"sum(epoch_us({column})::HUGEINT)::VARCHAR",
        Measure.MicrosecondsOfDay => $"sum(epoch_us({column})::HUGEINT)::VARCHAR",
        Measure.Trues => $"count({column}) FILTER ({column})",
        _ => null,
    };

    public override CsvColumn Column(DbDataReader reader, int ordinal)
    {
        var name = reader.GetName(ordinal);
        return reader.GetDataTypeName(ordinal) switch
        {
            nameof(DuckDBType.Boolean) => new CellColumn<DuckDbBooleanCell>(name, ordinal),
            nameof(DuckDBType.TinyInt) => Integers<sbyte>(name, ordinal),
            nameof(DuckDBType.SmallInt) => Integers<short>(name, ordinal),
            nameof(DuckDBType.Integer) => Integers<int>(name, ordinal),
            nameof(DuckDBType.BigInt) => Integers<long>(name, ordinal),
            nameof(DuckDBType.UnsignedTinyInt) => Integers<byte>(name, ordinal),
            nameof(DuckDBType.UnsignedSmallInt) => Integers<ushort>(name, ordinal),
            nameof(DuckDBType.UnsignedInteger) => Integers<uint>(name, ordinal),
            nameof(DuckDBType.UnsignedBigInt) => Integers<ulong>(name, ordinal),
            nameof(DuckDBType.HugeInt) or nameof(DuckDBType.UnsignedHugeInt) or nameof(DuckDBType.VarInt)
                => new CellColumn<DuckDbBigIntegerCell>(name, ordinal),
            nameof(DuckDBType.Float) => new DuckDbVectorColumn<float, DuckDbFloatCell>(name, ordinal),
            nameof(DuckDBType.Double) => new DuckDbVectorColumn<double, DuckDbDoubleCell>(name, ordinal),
            nameof(DuckDBType.Decimal) => new CellColumn<DuckDbDecimalCell>(name, ordinal),
            nameof(DuckDBType.Date) => new DuckDbVectorColumn<int, DuckDbDateCell>(name, ordinal),
            nameof(DuckDBType.Time) => new DuckDbVectorColumn<long, DuckDbTimeCell>(name, ordinal),
            nameof(DuckDBType.TimestampS) => Timestamps<Seconds>(name, ordinal),
            nameof(DuckDBType.TimestampMs) => Timestamps<Milliseconds>(name, ordinal),
            nameof(DuckDBType.Timestamp) => Timestamps<Microseconds>(name, ordinal),
            nameof(DuckDBType.TimestampNs) => new DuckDbVectorColumn<long, DuckDbNanosecondsCell>(name, ordinal),
            nameof(DuckDBType.TimestampTz) => new DuckDbVectorColumn<long, DuckDbUtcTimestampCell>(name, ordinal),
            nameof(DuckDBType.Varchar) => new DuckDbVectorColumn<DuckDBString, DuckDbTextCell>(name, ordinal),
            nameof(DuckDBType.Enum) or nameof(DuckDBType.Bit) => new CellColumn<TextCell>(name, ordinal),
            nameof(DuckDBType.Uuid) => new CellColumn<DuckDbUuidCell>(name, ordinal),
            nameof(DuckDBType.Blob) => new DuckDbVectorColumn<DuckDBString, DuckDbBytesCell>(name, ordinal),
            var other => throw Unsupported(reader, ordinal, other.ToUpperInvariant()),
        };
    }

    public override string? PlainType(string type) =>
        type is nameof(DuckDBType.Interval) or nameof(DuckDBType.TimeTz) ? "VARCHAR" : null;

    // Errors before execution carry no type, only this prefix in the message.
    public override FailureClass Classify(Exception failure)
    {
        var message = failure.Message.Replace("DuckDBOpen failed: ", "", StringComparison.Ordinal);
        if (message.Contains("No files found", StringComparison.Ordinal)
            || message.Contains("not a valid DuckDB database", StringComparison.Ordinal))
            return FailureClass.Permanent;
        string[] ofTheMachine = ["IO Error", "HTTP Error", "Connection Error", "FATAL Error", "INTERNAL Error"];
        return ofTheMachine.Any(prefix => message.StartsWith(prefix, StringComparison.Ordinal))
            ? FailureClass.Transient
            : FailureClass.Permanent;
    }

    public override bool IsWrongQuery(Exception failure)
    {
        string[] ofTheQuery = ["Parser Error", "Syntax Error", "Binder Error", "Catalog Error", "Permission Error"];
        return ofTheQuery.Any(prefix => failure.Message.StartsWith(prefix, StringComparison.Ordinal));
    }

    // In two halves: the sum of HUGEINTs may be no HUGEINT, and 38 digits are one.
    private static string Sum(string whole) =>
        $"sum(({whole} // 4294967296)::HUGEINT)::VARCHAR || ':' || sum(({whole} % 4294967296)::HUGEINT)::VARCHAR";

    private static bool IsDefault(DbConnection connection, string key, string value) =>
        new DuckDBConnectionStringBuilder { ConnectionString = connection.ConnectionString }
            .TryGetValue(key, out var set) && (string)set == value;

    private static bool IsOutOfMemory(DbException failure) =>
        failure.Message.Contains("Out of Memory Error", StringComparison.Ordinal);

    // The name comes without its schema; the drawing of its place in the query has both, unless the line is long.
    [GeneratedRegex(
        """Table with name "?(?<name>[^"!\s]+)"? does not exist(?s:.*?(?<full>"?\w+"?\."?\k<name>"?))?""",
        RegexOptions.CultureInvariant)]
    private static partial Regex UnknownTable();

    private static CsvColumn Integers<T>(string name, int ordinal)
        where T : unmanaged, IUtf8SpanFormattable => new DuckDbVectorColumn<T, DuckDbIntegerCell<T>>(name, ordinal);

    private static CsvColumn Timestamps<TUnit>(string name, int ordinal)
        where TUnit : struct, ITimestampUnit => new DuckDbVectorColumn<long, DuckDbTimestampCell<TUnit>>(name, ordinal);
}
