using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Csv;
using Benchmark.Fetcher.Totals;
using Npgsql;

namespace Benchmark.Fetcher.Sources;

/// <summary>PostgreSQL.</summary>
internal sealed partial class PostgresSource : SourceKind
{
    public override DbProviderFactory Factory => NpgsqlFactory.Instance;

    public override string Prepare(SourceDefinition source)
    {
        var builder = new NpgsqlConnectionStringBuilder(source.Connection) { Pooling = false };
        builder.ApplicationName ??= "benchmark-fetcher";
        // The default of 8 KiB holds a few dozen rows.
        builder.ReadBufferSize = Math.Max(builder.ReadBufferSize, 256 * 1024);
        return builder.ConnectionString;
    }

    // What an unquoted name means there, and reserved words work too.
    public override string Quote(string part) =>
        Identifiers.DoubleQuoted(Identifiers.Plain(part) ? part.ToLowerInvariant() : part);

    public override string BeginSnapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    public override async Task<PreparedQuery> PrepareAsync(DbCommand command, ModelDefinition model, CancellationToken ct)
    {
        // The fetch has a deadline of its own.
        command.CommandTimeout = 0;
        // A numeric comes as text: System.Decimal holds 28 digits and no NaN, and takes longer. Described
        // only, not run, because which columns those are must be said beforehand.
        var asText = await QueryAsync(command, CommandBehavior.SchemaOnly, reader => Task.FromResult(
            Enumerable.Range(0, reader.FieldCount).Select(i => TypeOf(reader, i) is "numeric").ToArray()), ct);
        if (asText.Contains(true))
            ((NpgsqlCommand)command).UnknownResultTypeList = asText;
        return PreparedQuery.Of(command);
    }

    public override string? Total(Measure measure, string column) => measure switch
    {
        Measure.WholeSum => $"sum({column}::numeric)::text",
        Measure.DecimalSum => $"sum({column}) FILTER (WHERE {column}::text NOT IN ('NaN', 'Infinity', '-Infinity'))::text",
        Measure.NotDecimal => $"count({column}) FILTER (WHERE {column}::text IN ('NaN', 'Infinity', '-Infinity'))",
        // By way of the text, because a real is written as the shortest text that reads back as the same real.
        Measure.FiniteSum => $"sum({column}::text::float8) FILTER (WHERE {column} BETWEEN -1e290 AND 1e290)",
        Measure.NotFinite => $"count({column}) FILTER (WHERE {column} NOT BETWEEN -1e290 AND 1e290)",
        // concat and not ::text, which strips the blanks of a char(n).
        Measure.Characters => $"sum(length(concat({column}))) FILTER (WHERE {column} IS NOT NULL)",
        Measure.TextDigest => Digests($"concat({column})", column),
        Measure.Octets => $"sum(length({column}))",
        Measure.OctetsDigest => Digests(column, column),
        Measure.Days => $"sum({column} - date '1970-01-01')",
        Measure.Microseconds or Measure.MicrosecondsOfDay => $"trim_scale(sum(extract(epoch FROM {column}) * 1000000))::text",
        Measure.Trues => $"count({column}) FILTER (WHERE {column})",
        _ => null,
    };

    public override async Task SetUpAsync(DbConnection connection, Guid runId, TimeSpan fetchTimeout, CancellationToken ct)
    {
        // The driver remembers a server's types for the life of the process: an enum made since would be unknown.
        await ((NpgsqlConnection)connection).ReloadTypesAsync(ct);
        await ExecuteAsync(connection, "SET default_transaction_read_only = on", ct);
    }

    public override Column Column(DbDataReader reader, int ordinal)
    {
        var name = reader.GetName(ordinal);
        return TypeOf(reader, ordinal) switch
        {
            "boolean" => new Column<BooleanCell>(name, ordinal),
            "smallint" => new Column<Int16Cell>(name, ordinal),
            "integer" => new Column<Int32Cell>(name, ordinal),
            "bigint" => new Column<Int64Cell>(name, ordinal),
            "real" => new Column<FloatCell>(name, ordinal),
            "double precision" => new Column<DoubleCell>(name, ordinal),
            // PostgreSQL spells NaN and Infinity as the dialect does.
            "numeric" => new Column<DecimalTextCell>(name, ordinal),
            "date" => new Column<RawDateCell>(name, ordinal),
            "time without time zone" => new Column<TimeCell>(name, ordinal),
            "timestamp without time zone" => new Column<RawTimestampCell>(name, ordinal),
            "timestamp with time zone" => new Column<RawUtcTimestampCell>(name, ordinal),
            "uuid" => new Column<UuidCell>(name, ordinal),
            "bytea" => new Column<BytesCell>(name, ordinal),
            // Also character varying, json, jsonb, citext, xml and enums.
            _ when reader.GetFieldType(ordinal) == typeof(string) => new Column<TextCell>(name, ordinal),
            var type => throw Unsupported(reader, ordinal, type),
        };
    }

    public override FailureClass Classify(Exception failure) => failure switch
    {
        PostgresException { SqlState: ['2', '8', ..] } => FailureClass.Credentials,
        // Stopped by statement_timeout or by a person: it would be again, and the fetch has a deadline of its own.
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => FailureClass.Permanent,
        PostgresException { IsTransient: true } => FailureClass.Transient,
        // 57: an administrator stopped the server or the query; 58: the server's own disk or system.
        PostgresException { SqlState: ['5', '7' or '8', ..] } => FailureClass.Transient,
        PostgresException => FailureClass.Permanent,
        // Everything else never reached a server, or lost it.
        _ => FailureClass.Transient,
    };

    private static string TypeOf(DbDataReader reader, int ordinal) => Precision().Replace(reader.GetDataTypeName(ordinal), "");

    private static string Digests(string value, string column) =>
        $"sum(('x' || substr(md5({value}), 17))::bit(64)::bigint::numeric) FILTER (WHERE {column} IS NOT NULL)::text";

    [GeneratedRegex(@"\([0-9, -]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Precision();

    // Read as stored, because the driver turns infinity into 9999-12-31, which is a date that people use.
    private static DateTime At(long microseconds) => microseconds is long.MaxValue or long.MinValue
        ? throw CsvTimes.Infinite()
        : CsvTimes.At(CsvTimes.DaysTo2000 * TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond + (Int128)microseconds, TimeSpan.TicksPerMicrosecond);

    private readonly struct RawDateCell : ICell
    {
        public static ColumnType Type => ColumnType.Date;

        public static void Write(DbDataReader reader, int ordinal, CsvBlock block)
        {
            var days = reader.GetFieldValue<int>(ordinal);
            if (days is int.MaxValue or int.MinValue)
                throw CsvTimes.Infinite();
            block.AddDate(CsvTimes.DateAt(CsvTimes.DaysTo2000 + (long)days));
        }
    }

    private readonly struct RawTimestampCell : ICell
    {
        public static ColumnType Type => ColumnType.Timestamp;

        public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
            block.AddTimestamp(At(reader.GetFieldValue<long>(ordinal)));
    }

    private readonly struct RawUtcTimestampCell : ICell
    {
        public static ColumnType Type => ColumnType.Timestamp;

        public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
            block.AddUtcTimestamp(At(reader.GetFieldValue<long>(ordinal)));
    }
}
