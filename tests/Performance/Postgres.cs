using Benchmark.Tests.Support;
using Npgsql;

namespace Benchmark.Performance;

/// <summary>PostgreSQL's own client, and pandas, pointed at a server.</summary>
internal static class Postgres
{
    /// <summary>What pandas needs to read from a server.</summary>
    public static readonly IReadOnlyList<string> PythonPackages = ["psycopg2", "sqlalchemy"];

    private static string Psql =>
        Path.Combine(DebianPackage.DirectoryOf("psql", "postgresql-client", "/usr/bin"), "psql");

    public static void CopyIn(PostgresServer server, string table, string file) =>
        MeasuredProcess.Run(
            Environment(server), Psql, "--command", $@"\copy {table} from '{file}' with (format csv, header)");

    public static MeasuredProcess CopyOut(PostgresServer server, string table, string file) =>
        MeasuredProcess.Run(
            Environment(server), Psql, "--command", $@"\copy {table} to '{file}' with (format csv, header)");

    public static MeasuredProcess Pandas(PostgresServer server, string table, string file) =>
        MeasuredProcess.Run(Environment(server), "/usr/bin/python3", "-c", $"""
            import pandas, sqlalchemy
            rows = pandas.read_sql("select * from {table}", sqlalchemy.create_engine("postgresql+psycopg2://"))
            rows.to_csv("{file}", index=False)
            """);

    // What every client over libpq connects with when it is told nothing else.
    public static Dictionary<string, string> Environment(PostgresServer server)
    {
        var to = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        return new()
        {
            ["PGHOST"] = to.Host!,
            ["PGUSER"] = to.Username!,
            ["PGPASSWORD"] = to.Password!,
            ["PGDATABASE"] = to.Database!,
        };
    }
}
