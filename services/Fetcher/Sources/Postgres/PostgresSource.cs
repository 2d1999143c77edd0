using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Benchmark.Contracts.Registry;
using Benchmark.Data.Totals;
using Benchmark.Data.Writing;
using Npgsql;

namespace Benchmark.Fetcher.Sources.Postgres;

/// <summary>PostgreSQL.</summary>
internal sealed partial class PostgresSource : SourceKind
{
    // Types below it are the server's own: FirstNormalObjectId of PostgreSQL. Those that a CSV has a place for are the
    // same on every server; from 12000 on initdb counts, but only rows of views, and domains, which are described as
    // what they are over.
    private const uint FirstUserTypeOid = 16384;

    // Bridges the pause between two fetches of a run; a month later a firewall would have dropped the connection.
    private const int IdleSeconds = 30;

    // As many as the driver's pool can hold: a driver that did not stop when its fetch was given up may still have
    // some.
    private const int MaxConnections = 1024;

    public override DbProviderFactory Factory => NpgsqlFactory.Instance;

    // The driver's pool hands a connection to the next fetch, unless the registry says Pooling=false. For 200 models of
    // 5,000 rows a login each cost the server 1.7 times as much CPU, and 2.5 times with the types read from its catalog
    // each time.
    public override string Prepare(SourceDefinition source)
    {
        var builder = new NpgsqlConnectionStringBuilder(source.Connection);
        // max_concurrent_fetches says how many there are, and none stays for ever; the driver refuses what does not fit
        // together.
        (builder.MinPoolSize, builder.MaxPoolSize) = (0, MaxConnections);
        (builder.ConnectionIdleLifetime, builder.ConnectionPruningInterval) = (IdleSeconds, IdleSeconds / 3);
        // Each statement would take any connection, and leave its transaction open on another.
        builder.Multiplexing = false;
        builder.ApplicationName ??= "benchmark-fetcher";
        // A prepared statement outlives its fetch, and is not described again: values of an altered column would be
        // misread.
        builder.MaxAutoPrepare = 0;
        // The fetch has a deadline of its own.
        builder.CommandTimeout = 0;
        // Fields are taken as the server sends them.
        builder.ClientEncoding = "UTF8";
        // The default of 8 KiB holds a few dozen rows.
        builder.ReadBufferSize = Math.Max(builder.ReadBufferSize, 256 * 1024);
        return builder.ConnectionString;
    }

    // What an unquoted name means there, and reserved words work too.
    public override string Quote(string part) =>
        Identifiers.DoubleQuoted(Identifiers.Plain(part) ? part.ToLowerInvariant() : part);

    // Described only, not run: what COPY sends does not say of what types its columns are.
    public override async Task<PreparedQuery> PrepareAsync(
        DbCommand command, ModelDefinition model, CancellationToken ct)
    {
        var columns = await DescribeAsync(command, reader => HasUserTypes(reader) ? null : Columns(reader), ct);
        if (columns is null)
        {
            // The driver remembers types for the life of the process: one made since would be unknown, or be taken for
            // another.
            await ((NpgsqlConnection)command.Connection!).ReloadTypesAsync(ct);
            columns = await DescribeAsync(command, Columns, ct);
        }
        return PreparedQuery.Of(command) with { Columns = columns };
    }

    public override async Task<T> ReadAsync<T>(
        DbCommand command, Func<DbDataReader, Task<T>> read, CancellationToken ct)
    {
        var connection = (NpgsqlConnection)command.Connection!;
        await using var copy = new PostgresCopy(
            connection, await connection.BeginRawBinaryCopyAsync(
                $"COPY ({command.CommandText}\n) TO STDOUT (FORMAT BINARY)", ct));
        return await read(copy);
    }

    public override string? Total(Measure measure, string column) => measure switch
    {
        Measure.WholeSum => $"sum({column}::numeric)::text",
        Measure.DecimalSum =>
            $"sum({column}) FILTER (WHERE {column}::text NOT IN ('NaN', 'Infinity', '-Infinity'))::text",
        Measure.NotDecimal => $"count({column}) FILTER (WHERE {column}::text IN ('NaN', 'Infinity', '-Infinity'))",
        // By way of the text, because a real, or a domain over one, is written as the shortest text that reads back as
        // the same real.
        Measure.FiniteSum =>
            $"sum(CASE pg_typeof({column}) WHEN 'double precision'::regtype THEN {column}::float8 ELSE "
            + $"{column}::text::float8 END) FILTER (WHERE {column} BETWEEN -1e290 AND 1e290)",
        Measure.NotFinite => $"count({column}) FILTER (WHERE {column} NOT BETWEEN -1e290 AND 1e290)",
        // concat and not ::text, which strips the blanks of a char(n).
        Measure.Characters => $"sum(length(concat({column}))) FILTER (WHERE {column} IS NOT NULL)",
        Measure.TextDigest => Digests($"concat({column})", column),
        Measure.Octets => $"sum(length({column}))",
        Measure.OctetsDigest => Digests(column, column),
        Measure.Days => $"sum({column} - date '1970-01-01')",
        Measure.Microseconds or Measure.MicrosecondsOfDay =>
            $"trim_scale(sum(extract(epoch FROM {column}) * 1000000))::text",
        Measure.Trues => $"count({column}) FILTER (WHERE {column})",
        _ => null,
    };

    public override async Task SetUpAsync(
        DbConnection connection, Guid runId, TimeSpan fetchTimeout, CancellationToken ct)
    {
        await NoticeLostClientsAsync(connection, ct);
        // What a query is described as, what it gives and its control totals belong together; and nothing is written.
        await ExecuteAsync(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ct);
    }

    // A COPY is cancelled by hanging up, which a server notices otherwise only when it sends. Before version 14 there
    // is no such setting (42704), and on Windows it may not be set (22023): there a query that was given up runs on
    // until it has a row to send.
    private static async Task NoticeLostClientsAsync(DbConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SET client_connection_check_interval = '1s'";
        // The first word on a connection that an earlier fetch left, to a host that may have gone without one: the
        // system would wait a quarter of an hour for its answer, and the driver, which resets the session first, would
        // not even hear a cancellation.
        command.CommandTimeout = connection.ConnectionTimeout;
        try
        {
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e)
            when (e.SqlState is PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.InvalidParameterValue)
        {
        }
    }

    public override CsvColumn Column(DbDataReader reader, int ordinal)
    {
        var name = reader.GetName(ordinal);
        return TypeOf(reader, ordinal) switch
        {
            "boolean" => new PostgresColumn<PostgresBooleanCell>(name, ordinal),
            "smallint" => new PostgresColumn<PostgresInt16Cell>(name, ordinal),
            "integer" => new PostgresColumn<PostgresInt32Cell>(name, ordinal),
            "bigint" => new PostgresColumn<PostgresInt64Cell>(name, ordinal),
            "real" => new PostgresColumn<PostgresFloatCell>(name, ordinal),
            "double precision" => new PostgresColumn<PostgresDoubleCell>(name, ordinal),
            "numeric" => new PostgresColumn<PostgresNumericCell>(name, ordinal),
            "date" => new PostgresColumn<PostgresDateCell>(name, ordinal),
            "time without time zone" => new PostgresColumn<PostgresTimeCell>(name, ordinal),
            "timestamp without time zone" => new PostgresColumn<PostgresTimestampCell>(name, ordinal),
            "timestamp with time zone" => new PostgresColumn<PostgresUtcTimestampCell>(name, ordinal),
            "uuid" => new PostgresColumn<PostgresUuidCell>(name, ordinal),
            "bytea" => new PostgresColumn<PostgresBytesCell>(name, ordinal),
            // Those of an extension come with their schema.
            var type when type.Split('.')[^1] is "jsonb" or "jsonpath" or "ltree" or "lquery" or "ltxtquery"
                => new PostgresColumn<PostgresVersionedTextCell>(name, ordinal),
            // Also character varying, json, citext, xml and enums.
            _ when reader.GetFieldType(ordinal) == typeof(string) =>
                new PostgresColumn<PostgresTextCell>(name, ordinal),
            var type => throw Unsupported(reader, ordinal, type),
        };
    }

    public override string? PlainType(string type) => Precision().Replace(type, "") switch
    {
        "money" => "numeric",
        "interval" or "time with time zone" or "inet" or "cidr" or "macaddr" or "macaddr8" => "text",
        _ => null,
    };

    public override async Task<string?> HintAsync(DbConnection connection, DbException failure, CancellationToken ct)
    {
        if (failure is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled })
            return "statement_timeout of the server, its database or its role ended the query, or a person did: raise "
                + "it for the role (ALTER ROLE … SET statement_timeout), or make the query faster.";
        if (failure is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName })
            return "Correct Database in 'connection' of the source in the registry, or create the database.";
        if (failure is not PostgresException { SqlState: PostgresErrorCodes.UndefinedTable, MessageText: var message }
            || UnknownTable().Match(message) is not { Success: true } unknown)
            return null;
        // Its transaction answers nothing any more.
        await ExecuteAsync(connection, "ROLLBACK", ct);
        return await NearestTable.HintAsync(
            connection, unknown.Groups[1].Value, Catalogue, ct, NeedsQuotes);
    }

    public override string Catalogue =>
        "SELECT table_schema::text, table_name::text FROM information_schema.tables "
        + $"WHERE table_schema NOT IN ('pg_catalog', 'information_schema') LIMIT {KnownTables.Most}";

    public override bool NeedsQuotes(string part) => !Identifiers.Plain(part) || part.Any(char.IsUpper);

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

    // 42: syntax, or a name; 0A: what this server cannot do.
    public override bool IsWrongQuery(Exception failure) => failure is PostgresException
    {
        SqlState: ['4', '2', ..] or ['0', 'A', ..] or PostgresErrorCodes.InvalidSchemaName
    } and not PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege };

    private Task<T> DescribeAsync<T>(DbCommand command, Func<NpgsqlDataReader, T> describe, CancellationToken ct) =>
        QueryAsync(
            command, CommandBehavior.SchemaOnly, reader => Task.FromResult(describe((NpgsqlDataReader)reader)), ct);

    private static bool HasUserTypes(NpgsqlDataReader reader) =>
        Enumerable.Range(0, reader.FieldCount).Any(i => reader.GetDataTypeOID(i) >= FirstUserTypeOid);

    private IReadOnlyList<CsvColumn> Columns(NpgsqlDataReader reader) => SourceConnection.Columns(this, reader);

    private static string TypeOf(DbDataReader reader, int ordinal) =>
        Precision().Replace(reader.GetDataTypeName(ordinal), "");

    private static string Digests(string value, string column) =>
        $"sum(('x' || substr(md5({value}), 17))::bit(64)::bigint::numeric) FILTER (WHERE {column} IS NOT NULL)::text";

    // In quotes whatever language the server speaks.
    [GeneratedRegex("[\"«„“]([^\"»“”]+)[\"»“”]", RegexOptions.CultureInvariant)]
    private static partial Regex UnknownTable();

    [GeneratedRegex(@"\([0-9, -]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Precision();
}
