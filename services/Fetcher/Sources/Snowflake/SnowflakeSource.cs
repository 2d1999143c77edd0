using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Benchmark.Contracts.Registry;
using Benchmark.Data.Totals;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources.Http;

namespace Benchmark.Fetcher.Sources.Snowflake;

/// <summary>
/// Snowflake. Its driver is found at run time by <see cref="SnowflakeDriver"/>.
/// </summary>
internal sealed class SnowflakeSource(Func<DbProviderFactory> driver, TimeSpan? logInTimeout = null) : SourceKind
{
    // The first result is not read: no more of it is fetched than there must be. Of the second, one part is read while
    // the next one comes.
    private const int PartsOfFirst = 1;
    private const int PartsOfSecond = 2;

    private readonly Lazy<DbProviderFactory> _driver = new(driver);

    public override DbProviderFactory Factory => _driver.Value;

    public override bool BackslashEscapes => true;

    // Its driver was seen to give wrong rows without an error when a chunk of the result is short or empty.
    public override bool AlwaysReconciles => true;

    public override string Prepare(SourceDefinition source) => SnowflakeConnection.Prepare(source);

    // Those of the environment's proxy, too.
    public override string WithSecrets(SourceDefinition source) => Prepare(source);

    public override string? Warning(SourceDefinition source) =>
        source.Implicit && SnowflakeConnection.HasPassword(source.Connection)
        ? "SNOWFLAKE_CONN holds a password, which Snowflake is phasing out. Put a key pair "
            + "(authenticator=snowflake_jwt;private_key_file=…) or a token there; or, to be warned no more, "
            + "write the source in models.yaml with 'allow_password: true'."
        : null;

    // A plain name means its upper-case form there, quoted or not would differ.
    public override string Quote(string part) => Identifiers.Plain(part) ? part : Identifiers.DoubleQuoted(part);

    public override string Catalogue =>
        "SELECT table_schema, table_name FROM information_schema.tables "
        + $"WHERE table_schema <> 'INFORMATION_SCHEMA' LIMIT {KnownTables.Most}";

    public override bool NeedsQuotes(string part) => !Identifiers.Plain(part) || part.Any(char.IsLower);

    public override string Moment(DateTimeOffset at) =>
        $"'{at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture)}'::TIMESTAMP_TZ";

    public override string TableAsOf(string table, string moment) => $"{table} AT(TIMESTAMP => {moment})";

    public override async Task SetUpAsync(
        DbConnection connection, Guid runId, TimeSpan fetchTimeout, CancellationToken ct)
    {
        // Slightly later than our own deadline, whose message is better.
        var seconds = ((long)fetchTimeout.TotalSeconds + 60).ToString(CultureInfo.InvariantCulture);
        // With ABORT_DETACHED_QUERY a fetcher that was killed leaves no query running.
        await ExecuteAsync(connection,
            $"ALTER SESSION SET QUERY_TAG = 'benchmark:{runId}', STATEMENT_TIMEOUT_IN_SECONDS = {seconds}, "
            + $"ABORT_DETACHED_QUERY = true, TIMEZONE = 'UTC', CLIENT_PREFETCH_THREADS = {PartsOfFirst}", ct);
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
        await ExecuteAsync(command.Connection!, $"ALTER SESSION SET CLIENT_PREFETCH_THREADS = {PartsOfSecond}", ct);
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
        failure.ErrorCode == SnowflakeFailure.SumOverflow
            ? "What is read is compared with sums that Snowflake takes, which have 38 digits at most: make a column of "
                + "numbers nearly as long text in the query, for example TO_VARCHAR(id) as id."
            : null);

    public override FailureClass Classify(Exception failure) => SnowflakeFailure.Classify(failure);

    public override bool IsWrongQuery(Exception failure) => SnowflakeFailure.IsWrongQuery(failure);

    public override SourceFailure Explain(Exception failure, string? trouble) =>
        SnowflakeFailure.Explain(failure, trouble);

    // The driver throws what it comes across, wrapped or not; a cancellation, too, that nobody asked for.
    public override bool IsFailure(Exception failure) =>
        base.IsFailure(failure) || failure is HttpRequestException or HttpIOException or OperationCanceledException
            or AggregateException || failure.GetType() == typeof(Exception);

    // Shorter than the 60 s for which a token of a key pair is valid: the next attempt signs another.
    public override TimeSpan? LogInTimeout { get; } = logInTimeout ?? TimeSpan.FromSeconds(50);

    public override HttpWatch Watch(TimeProvider time) => new(time, Purpose);

    public override Task EndSessionsAsync() => SnowflakeDriver.EndSessionsAsync();

    // More than an answer holds itself: the rest lies in the cloud's storage, which is another host.
    public override Task ProbeAsync(DbConnection connection, CancellationToken ct)
    {
        var command = connection.CreateCommand();
        command.CommandText =
            "SELECT RPAD(SEQ8()::VARCHAR, 200, 'x') AS probe FROM TABLE(GENERATOR(ROWCOUNT => 20000))";
        return QueryAsync(command, CommandBehavior.Default, async reader =>
        {
            while (await reader.ReadAsync(ct))
            {
            }
            return true;
        }, ct);
    }

    private static string Purpose(Uri address) => address.AbsolutePath switch
    {
        "/session/v1/login-request" or "/session/authenticator-request" => "the log-in",
        "/session/token-request" => HttpWatch.Renewal,
        "/queries/v1/abort-request" => "the end of the query",
        "/session" => "the log-out",
        var path when path.StartsWith("/queries/", StringComparison.Ordinal)
            || path.StartsWith("/monitoring/", StringComparison.Ordinal) => "the query",
        _ => "a part of the result",
    };

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
}
