using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Csv;

namespace Benchmark.Fetcher.Sources;

/// <summary>
/// Snowflake. Its driver is found at run time, because not every package mirror has it; all that is particular to it
/// stands in this file.
/// </summary>
internal sealed class SnowflakeSource : SourceKind
{
    private const string FactoryType = "Snowflake.Data.Client.SnowflakeDbFactory, Snowflake.Data";

    private static readonly Lazy<DbProviderFactory> s_factory = new(Load);

    public override DbProviderFactory Factory => s_factory.Value;

    public override bool BackslashEscapes => true;

    public override string Prepare(SourceDefinition source)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = source.Connection };
        if (!source.AllowPassword && builder.ContainsKey("password"))
            throw new FetchRefusedException(
                $"The source {source} logs in with a password, which is not allowed.",
                "Use a key pair (authenticator=snowflake_jwt;private_key_file=…) or a token; "
                + $"or set 'allow_password: true' on the source '{source.Name}'.");
        // Pooling is on by default and makes two logins for the first connection.
        builder["poolingEnabled"] = "false";
        // The driver reports to its maker over the same host by default.
        builder["CLIENT_TELEMETRY_ENABLED"] = "false";
        return builder.ConnectionString;
    }

    // A plain name means its upper-case form there, quoted or not would differ.
    public override string Quote(string part) => Identifiers.Plain(part) ? part : Identifiers.DoubleQuoted(part);

    public override async Task SetUpAsync(DbConnection connection, Guid runId, TimeSpan fetchTimeout, CancellationToken ct)
    {
        // A little later than our own deadline, which gives the better message.
        var seconds = ((long)fetchTimeout.TotalSeconds + 60).ToString(CultureInfo.InvariantCulture);
        // With ABORT_DETACHED_QUERY a fetcher that was killed leaves no query running.
        await ExecuteAsync(connection,
            $"ALTER SESSION SET QUERY_TAG = 'benchmark:{runId}', STATEMENT_TIMEOUT_IN_SECONDS = {seconds}, "
            + "ABORT_DETACHED_QUERY = true, TIMEZONE = 'UTC'", ct);
    }

    // The driver's Cancel waits for the server's answer.
    public override void Cancel(DbCommand command) => _ = Task.Run(command.Cancel);

    public override Column Column(DbDataReader reader, int ordinal)
    {
        var name = reader.GetName(ordinal);
        return reader.GetDataTypeName(ordinal).ToUpperInvariant() switch
        {
            "FIXED" when reader.GetFieldType(ordinal) == typeof(long) => new Column<ExactIntegerCell>(name, ordinal),
            "FIXED" => new Column<ExactDecimalCell>(name, ordinal),
            "REAL" => new Column<DoubleCell>(name, ordinal),
            "BOOLEAN" => new Column<BooleanCell>(name, ordinal),
            "TEXT" or "VARIANT" => new Column<TextCell>(name, ordinal),
            "DATE" => new Column<DateOfDateTimeCell>(name, ordinal),
            "TIME" => new Column<TimeOfDateTimeCell>(name, ordinal),
            "TIMESTAMP_NTZ" => new Column<TimestampCell>(name, ordinal),
            "TIMESTAMP_LTZ" or "TIMESTAMP_TZ" => new Column<OffsetTimestampCell>(name, ordinal),
            "BINARY" => new Column<BytesCell>(name, ordinal),
            var other => throw Unsupported(reader, ordinal, other),
        };
    }

    public override string? QueryId(DbDataReader reader) =>
        reader.GetType().GetMethod("GetQueryId", BindingFlags.Public | BindingFlags.Instance, [])?.Invoke(reader, null) as string;

    public override FailureClass Classify(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is not DbException { ErrorCode: var code, SqlState: var state })
                continue;
            // 39xxxx is the login service; 390111, 390112 and 390114 are sessions that ended meanwhile.
            if (code is >= 390100 and < 390500)
                return code is 390111 or 390112 or 390114 ? FailureClass.Transient : FailureClass.Credentials;
            // SQL's own classes: no such thing, bad data, syntax or access.
            if (state is ['0', '2', ..] or ['2', '2', ..] or ['4', '2', ..])
                return FailureClass.Permanent;
        }
        return FailureClass.Transient;
    }

    private static DbProviderFactory Load()
    {
        // Read when the driver is first loaded: no probing of cloud metadata, no native helper.
        Environment.SetEnvironmentVariable("SNOWFLAKE_DISABLE_PLATFORM_DETECTION", "true");
        Environment.SetEnvironmentVariable("SNOWFLAKE_DISABLE_MINICORE", "true");
        var instance = Type.GetType(FactoryType, throwOnError: false)?.GetField("Instance")?.GetValue(null);
        return instance as DbProviderFactory ?? throw new FetchRefusedException(
            "This build has no Snowflake driver.",
            "Build with -p:VendorPackages=true where nuget.org can be reached, or choose another source for the model.");
    }

    // GetValue rounds NUMBER beyond 28 digits; GetString is exact.
    private readonly struct ExactIntegerCell : ICell
    {
        public static ColumnType Type => ColumnType.Integer;

        public static void Write(DbDataReader reader, int ordinal, CsvBlock block) => block.AddText(reader.GetString(ordinal));
    }

    private readonly struct ExactDecimalCell : ICell
    {
        public static ColumnType Type => ColumnType.Decimal;

        public static void Write(DbDataReader reader, int ordinal, CsvBlock block) => block.AddText(reader.GetString(ordinal));
    }

    private readonly struct DateOfDateTimeCell : ICell
    {
        public static ColumnType Type => ColumnType.Date;

        public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
            block.AddDate(DateOnly.FromDateTime(reader.GetDateTime(ordinal)));
    }

    private readonly struct TimeOfDateTimeCell : ICell
    {
        public static ColumnType Type => ColumnType.Time;

        public static void Write(DbDataReader reader, int ordinal, CsvBlock block) =>
            block.AddTime(TimeOnly.FromDateTime(reader.GetDateTime(ordinal)));
    }
}
