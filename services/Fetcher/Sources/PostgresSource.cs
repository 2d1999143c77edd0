using System.Data.Common;
using System.Text.RegularExpressions;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Csv;
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

    // The fetch has a deadline of its own.
    public override void Tune(DbCommand command) => command.CommandTimeout = 0;

    public override async Task SetUpAsync(DbConnection connection, Guid runId, TimeSpan fetchTimeout, CancellationToken ct)
    {
        // The driver remembers a server's types for the life of the process: an enum made since would be unknown.
        await ((NpgsqlConnection)connection).ReloadTypesAsync(ct);
        await ExecuteAsync(connection, "SET default_transaction_read_only = on", ct);
    }

    public override Column Column(DbDataReader reader, int ordinal)
    {
        var name = reader.GetName(ordinal);
        var type = reader.GetDataTypeName(ordinal);
        return Precision().Replace(type, "") switch
        {
            "boolean" => new Column<BooleanCell>(name, ordinal),
            "smallint" => new Column<Int16Cell>(name, ordinal),
            "integer" => new Column<Int32Cell>(name, ordinal),
            "bigint" => new Column<Int64Cell>(name, ordinal),
            "real" => new Column<FloatCell>(name, ordinal),
            "double precision" => new Column<DoubleCell>(name, ordinal),
            "numeric" => new Column<DecimalCell>(name, ordinal),
            "date" => new Column<RawDateCell>(name, ordinal),
            "time without time zone" => new Column<TimeCell>(name, ordinal),
            "timestamp without time zone" => new Column<RawTimestampCell>(name, ordinal),
            "timestamp with time zone" => new Column<RawUtcTimestampCell>(name, ordinal),
            "uuid" => new Column<UuidCell>(name, ordinal),
            "bytea" => new Column<BytesCell>(name, ordinal),
            // Also character varying, json, jsonb, citext, xml and enums.
            _ when reader.GetFieldType(ordinal) == typeof(string) => new Column<TextCell>(name, ordinal),
            _ => throw Unsupported(reader, ordinal, type),
        };
    }

    public override FailureClass Classify(Exception failure) => failure switch
    {
        PostgresException { SqlState: ['2', '8', ..] } => FailureClass.Credentials,
        PostgresException { IsTransient: true } => FailureClass.Transient,
        // 57: an administrator stopped the server or the query; 58: the server's own disk or system.
        PostgresException { SqlState: ['5', '7' or '8', ..] } => FailureClass.Transient,
        PostgresException => FailureClass.Permanent,
        // Everything else never reached a server, or lost it.
        _ => FailureClass.Transient,
    };

    [GeneratedRegex(@"\([0-9, -]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Precision();

    // Read as stored, because the driver turns infinity into 9999-12-31, which is a date that people use.
    private static DateTime At(long microseconds) => microseconds is long.MaxValue or long.MinValue
        ? throw new OverflowException("The value is infinite.")
        : new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));

    private readonly struct RawDateCell : ICell
    {
        private static readonly int s_epoch = new DateOnly(2000, 1, 1).DayNumber;

        public static ColumnType Type => ColumnType.Date;

        public static void Write(DbDataReader reader, int ordinal, CsvBlock block)
        {
            var days = reader.GetFieldValue<int>(ordinal);
            if (days is int.MaxValue or int.MinValue)
                throw new OverflowException("The value is infinite.");
            block.AddDate(DateOnly.FromDayNumber(s_epoch + days));
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
