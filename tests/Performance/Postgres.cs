using Benchmark.Tests.Support;
using Npgsql;

namespace Benchmark.Performance;

/// <summary>PostgreSQL's own client, and pandas, pointed at a server.</summary>
internal static class Postgres
{
    private static readonly string[] s_pandas = ["pandas", "psycopg2", "sqlalchemy"];

    private static string Psql => Path.Combine(DebianPackage.DirectoryOf("psql", "postgresql-client", "/usr/bin"), "psql");

    public static void CopyIn(PostgresServer server, string table, string file) =>
        MeasuredProcess.Run(Environment(server), Psql, "--command", $@"\copy {table} from '{file}' with (format csv, header)");

    public static MeasuredProcess CopyOut(PostgresServer server, string table, string file) =>
        MeasuredProcess.Run(Environment(server), Psql, "--command", $@"\copy {table} to '{file}' with (format csv, header)");

    // With Debian's Python, to which its packages belong.
    public static MeasuredProcess Pandas(PostgresServer server, string table, string file) =>
        MeasuredProcess.Run(Environment(server), "/usr/bin/python3", "-c", $"""
            import pandas, sqlalchemy
            rows = pandas.read_sql("select * from {table}", sqlalchemy.create_engine("postgresql+psycopg2://"))
            rows.to_csv("{file}", index=False)
            """);

    /// <summary>What to install for pandas to be measured; none when it is here, or could be installed.</summary>
    public static string? WhyNoPandas()
    {
        try
        {
            foreach (var package in s_pandas)
                DebianPackage.DirectoryOf($"{package}/__init__.py", $"python3-{package}", "/usr/lib/python3/dist-packages");
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    // What every client over libpq connects with when it is told nothing else.
    private static Dictionary<string, string> Environment(PostgresServer server)
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
