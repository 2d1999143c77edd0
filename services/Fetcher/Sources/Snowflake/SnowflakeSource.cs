using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Benchmark.Contracts.Registry;
using Benchmark.Data.Totals;
using Benchmark.Data.Writing;

namespace Benchmark.Fetcher.Sources.Snowflake;

/// <summary>
/// Snowflake. Its driver is found at run time by <see cref="SnowflakeDriver"/>.
/// </summary>
internal sealed class SnowflakeSource(Func<DbProviderFactory> driver) : SourceKind
{
    // "Value overflow in a SUM aggregate".
    private const int SumOverflow = 100058;

    // There is no person to ask, so interactive logins are not allowed.
    private static readonly string[] s_interactive = [
        "externalbrowser", "username_password_mfa", "oauth_authorization_code"];

    private readonly Lazy<DbProviderFactory> _driver = new(driver);

    public override DbProviderFactory Factory => _driver.Value;

    public override bool BackslashEscapes => true;

    // Its driver was seen to give wrong rows without an error when a chunk of the result is short or empty.
    public override bool AlwaysReconciles => true;

    public override string Prepare(SourceDefinition source)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = source.Connection };
        var authenticator = Value(builder, "authenticator");
        if (!source.AllowPassword && HasPassword(builder))
            throw new FetchRefusedException(
                $"The source {source} logs in with a password, which is not allowed.",
                "Use a key pair (authenticator=snowflake_jwt;private_key_file=…) or a token; "
                + $"or set 'allow_password: true' on the source '{source.Name}'.");
        if (s_interactive.Contains(authenticator, StringComparer.OrdinalIgnoreCase))
            throw new FetchRefusedException(
                $"The source {source} logs in with authenticator={authenticator}, which asks a person.",
                "Use snowflake_jwt, oauth, oauth_client_credentials, programmatic_access_token or workload_identity.");
        // Pooling is on by default and makes two logins for the first connection.
        builder["poolingEnabled"] = "false";
        // The driver reports to its maker over the same host by default.
        builder["CLIENT_TELEMETRY_ENABLED"] = "false";
        return builder.ConnectionString;
    }

    public override string? Warning(SourceDefinition source) => source.Implicit && HasPassword(source.Connection)
        ? "SNOWFLAKE_CONN holds a password, which Snowflake is phasing out. Put a key pair "
            + "(authenticator=snowflake_jwt;private_key_file=…) or a token there; or write the source in models.yaml "
            + "with "
            + "'allow_password: true', and nothing more is said."
        : null;

    // A plain name means its upper-case form there, quoted or not would differ.
    public override string Quote(string part) => Identifiers.Plain(part) ? part : Identifiers.DoubleQuoted(part);

    public override async Task SetUpAsync(
        DbConnection connection, Guid runId, TimeSpan fetchTimeout, CancellationToken ct)
    {
        // Slightly later than our own deadline, whose message is better.
        var seconds = ((long)fetchTimeout.TotalSeconds + 60).ToString(CultureInfo.InvariantCulture);
        // With ABORT_DETACHED_QUERY a fetcher that was killed leaves no query running.
        await ExecuteAsync(connection,
            $"ALTER SESSION SET QUERY_TAG = 'benchmark:{runId}', STATEMENT_TIMEOUT_IN_SECONDS = {seconds}, "
            + "ABORT_DETACHED_QUERY = true, TIMEZONE = 'UTC'", ct);
    }

    // Two steps. What the driver makes of a NUMBER or a timestamp depends on the account's settings and loses digits:
    // so the query's own result, which Snowflake keeps, is read again as text that Snowflake has formatted.
    public override async Task<PreparedQuery> PrepareAsync(
        DbCommand command, ModelDefinition model, CancellationToken ct)
    {
        var (formats, columns, id) = await QueryAsync(command, CommandBehavior.Default, reader => Task.FromResult((
            Enumerable.Range(0, reader.FieldCount).Select(i => Format(reader, i)).ToList(),
            SourceConnection.Columns(this, reader),
            QueryId(reader))), ct);
        var result = $"TABLE(RESULT_SCAN('{id}'))";
        command.CommandText = $"SELECT {string.Join(", ", formats)} FROM {result} AS fetched{OrderByKey(model)}";
        return new PreparedQuery(result, columns, id);
    }

    public override CsvColumn Column(DbDataReader reader, int ordinal)
    {
        var name = reader.GetName(ordinal);
        var quoted = Identifiers.DoubleQuoted(name);
        var type = TypeOf(reader, ordinal);
        var text = Text(type, quoted);
        return type switch
        {
            "FIXED" when reader.GetFieldType(ordinal) == typeof(long) =>
                new CellColumn<SnowflakeIntegerCell>(name, ordinal),
            "FIXED" => new CellColumn<SnowflakeDecimalCell>(name, ordinal),
            // 17 digits are documented nowhere: they are counted on no more than they prove themselves.
            "REAL" => new SnowflakeTextColumn<SnowflakeDouble>(
                name, ordinal, text, $"COUNT_IF(TO_DOUBLE({text}) <> {quoted})"),
            "BOOLEAN" => new CellColumn<SnowflakeBooleanCell>(name, ordinal),
            "TEXT" => new CellColumn<TextCell>(name, ordinal),
            "DATE" => new CellColumn<SnowflakeDateCell>(name, ordinal),
            "TIME" => new SnowflakeTextColumn<SnowflakeTime>(name, ordinal, text),
            "TIMESTAMP_NTZ" => new SnowflakeTextColumn<SnowflakeTimestamp>(name, ordinal, text),
            "TIMESTAMP_LTZ" or "TIMESTAMP_TZ" => new SnowflakeTextColumn<SnowflakeOffsetTimestamp>(name, ordinal, text),
            "BINARY" => new CellColumn<SnowflakeBase64Cell>(name, ordinal),
            "VARIANT" or "OBJECT" or "ARRAY" or "MAP" => throw new UnwritableDataException(
                $"Column '{name}' is of type {type}, which a CSV has no place for.",
                $"Make it text in the query: to_json({name}) as {name}; or take its parts, {name}:part::varchar as "
                + "part; or leave it out."),
            var other => throw Unsupported(reader, ordinal, other),
        };
    }

    public override string? Total(Measure measure, string column) => measure switch
    {
        Measure.WholeSum or Measure.DecimalSum => $"TO_VARCHAR(SUM({column}))",
        // To two digits more than a double has: the sum is compared within the rounding of adding up.
        Measure.FiniteSum => $"TO_VARCHAR(SUM(IFF({column} BETWEEN -1e290 AND 1e290, {column}, NULL)), 'TME')",
        Measure.NotFinite => $"COUNT(IFF({column} BETWEEN -1e290 AND 1e290, NULL, {column}))",
        Measure.Characters => $"SUM(LENGTH({column}))",
        Measure.Octets => $"SUM(OCTET_LENGTH({column}))",
        // As text: the sum of many may have more digits than the driver reads exactly.
        Measure.TextDigest or Measure.OctetsDigest => $"TO_VARCHAR(SUM(MD5_NUMBER_LOWER64({column})))",
        Measure.Days => $"SUM(DATEDIFF('day', '1970-01-01'::DATE, {column}))",
        Measure.Microseconds => $"TO_VARCHAR(SUM(FLOOR(DATE_PART('epoch_nanosecond', {column}) / 1000)))",
        Measure.MicrosecondsOfDay => $"SUM(FLOOR(DATEDIFF('nanosecond', '00:00:00'::TIME, {column}) / 1000))",
        Measure.Trues => $"COUNT_IF({column})",
        _ => null,
    };

    public override Task<string?> HintAsync(DbConnection connection, DbException failure, CancellationToken ct) =>
        Task.FromResult(
        failure.ErrorCode == SumOverflow
            ? "What is read is compared with sums that Snowflake takes, which have 38 digits at most: make a column of "
                + "numbers nearly as long text in the query, for example TO_VARCHAR(id) as id."
            : null);

    public override FailureClass Classify(Exception failure)
    {
        // The driver puts what the server said inside "Unable to connect".
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException { ErrorCode: var code } && Classify(code, SqlState(cause)) is { } known)
                return known;
        }
        return FailureClass.Transient;
    }

    private static FailureClass? Classify(int code, string? state) => code switch
    {
        // A session that ended, and a login service that is busy or down, say nothing against who logs in.
        390111 or 390112 or 390114 or 390115 or 390201 => FailureClass.Transient,
        >= 390100 and < 390500 => FailureClass.Credentials,
        // The driver's own: a private key that it cannot read, a token that it was not given.
        270052 or 270064 or 270066 => FailureClass.Credentials,
        // The driver's own: a connection string that lacks or misspells something, a type that it does not know.
        270006 or 270008 or 270009 or 270011 or 270012 or 270053 or 270055 => FailureClass.Permanent,
        // STATEMENT_TIMEOUT_IN_SECONDS; a warehouse that is missing or suspended for good.
        630 or 606 => FailureClass.Permanent,
        // SQL's own classes: no such thing, bad data, syntax or access.
        _ when state is ['0', '2', ..] or ['2', '2', ..] or ['4', '2', ..] => FailureClass.Permanent,
        _ => null,
    };

    // The driver hides the property of its base class with one of its own.
    private static string? SqlState(Exception failure) =>
        failure.GetType()
            .GetProperty("SqlState", BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            ?.GetValue(failure) as string ?? (failure as DbException)?.SqlState;

    private static string QueryId(DbDataReader reader) =>
        reader.GetType()
            .GetMethod("GetQueryId", BindingFlags.Public | BindingFlags.Instance, [])?.Invoke(reader, null) as string
        ?? throw new InvalidOperationException(
            $"The Snowflake driver's {reader.GetType()} has no GetQueryId, without which no result can be reconciled.");

    // A result that is scanned has no order of its own; with one that is unique the same rows give the same bytes. By
    // the columns themselves and not by their texts, which have the same names: 10 comes after 9.
    private string OrderByKey(ModelDefinition model) =>
        model.Key.Count == 0
            ? "" : $" ORDER BY {string.Join(", ", model.Key.Select(key => $"fetched.{QuoteExactly(key)}"))}";

    private static string TypeOf(DbDataReader reader, int ordinal) =>
        reader.GetDataTypeName(ordinal).ToUpperInvariant();

    private static string Format(DbDataReader reader, int ordinal)
    {
        var column = Identifiers.DoubleQuoted(reader.GetName(ordinal));
        return $"{Text(TypeOf(reader, ordinal), column)} AS {column}";
    }

    private static string Text(string type, string column) => type switch
    {
        "FIXED" or "BOOLEAN" => $"TO_VARCHAR({column})",
        // 17 digits; otherwise Snowflake gives 9 to 15.
        "REAL" => $"TO_VARCHAR({column}, 'TME')",
        "DATE" => $"TO_VARCHAR({column}, 'YYYY-MM-DD')",
        "TIME" => $"TO_VARCHAR({column}, 'HH24:MI:SS.FF9')",
        "TIMESTAMP_NTZ" => $"TO_VARCHAR({column}, 'YYYY-MM-DD\"T\"HH24:MI:SS.FF9')",
        "TIMESTAMP_LTZ" or "TIMESTAMP_TZ" => $"TO_VARCHAR({column}, 'YYYY-MM-DD\"T\"HH24:MI:SS.FF9TZH:TZM')",
        "BINARY" => $"TO_VARCHAR({column}, 'BASE64')",
        _ => column,
    };

    private static bool HasPassword(string connection)
    {
        try
        {
            return HasPassword(new DbConnectionStringBuilder { ConnectionString = connection });
        }
        catch (ArgumentException)
        {
            // Whoever connects says that it is no connection string.
            return false;
        }
    }

    private static bool HasPassword(DbConnectionStringBuilder builder) => Value(builder, "password").Length > 0;

    private static string Value(DbConnectionStringBuilder builder, string key) =>
        builder.TryGetValue(key, out var value) ? value.ToString() ?? "" : "";
}
