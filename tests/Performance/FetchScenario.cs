using Benchmark.Tests.Support;

namespace Benchmark.Performance;

/// <summary>
/// What a fetch of a wide table takes, with SHA-256 and flush, beside what the sources' own tools and pandas take to
/// write the same rows: each a process of its own, by turns.
/// </summary>
internal static class FetchScenario
{
    private const int Size = 1_000_000;
    private const int Rounds = 3;
    private const string Pandas = "pandas read_sql, to_csv";

    public static Task<Table> MeasureAsync(IReadOnlyList<int> sizes)
    {
        var table = Contest.Table("fetched from");
        foreach (var rows in sizes is [] ? [Size] : sizes)
            Measure(table, rows);
        return Task.FromResult(table);
    }

    private static void Measure(Table table, int rows)
    {
        using var volume = new TempVolume();
        using var server = new PostgresServer();
        var database = Path.Combine(volume.Root, "warehouse.duckdb");
        var file = Path.Combine(volume.Root, "theirs.csv");
        WideTable.CreateDuckDb(database, rows);
        WideTable.CopyToPostgres(database, server);
        var noPandas = Performance.Pandas.WhyNot(Postgres.PythonPackages);
        Contest duckDb = new("DuckDB", rows), postgres = new("PostgreSQL", rows);

        for (var round = 0; round < Rounds; round++)
        {
            duckDb.Enter("ours", () => Fetch("duckdb", $"Data Source={database}", reconcile: false));
            duckDb.Enter(
                "COPY, one thread", () => Theirs(() => MeasuredProcess.Ourselves(OneFetch.DuckDbCopy, database, file)));
            duckDb.Enter("ours, reconcile: true", () => Fetch("duckdb", $"Data Source={database}", reconcile: true));
            postgres.Enter("ours", () => Fetch("postgres", server.ConnectionString, reconcile: false));
            postgres.Enter(@"psql \copy", () => Theirs(() => Postgres.CopyOut(server, WideTable.Name, file)));
            postgres.Enter("ours, reconcile: true", () => Fetch("postgres", server.ConnectionString, reconcile: true));
            if (noPandas is null)
                postgres.Enter(Pandas, () => Theirs(() => Postgres.Pandas(server, WideTable.Name, file)));
        }
        duckDb.Tell(table);
        postgres.Tell(table);
        if (noPandas is not null)
            postgres.TellAbsent(table, Pandas, noPandas);

        MeasuredProcess Fetch(string kind, string connection, bool reconcile)
        {
            var measured = MeasuredProcess.Ourselves(OneFetch.Ours, kind, connection, volume.Root, $"{reconcile}");
            var area = volume.Layout.Model("vs", "wide").StagingArea;
            Require(rows, Directory.GetFiles(area, "*.csv", SearchOption.AllDirectories).Single());
            Directory.Delete(area, recursive: true);
            return measured;
        }

        MeasuredProcess Theirs(Func<MeasuredProcess> run)
        {
            var measured = run();
            Require(rows, file);
            File.Delete(file);
            return measured;
        }
    }

    // Less than all is quick, and would look like speed.
    private static void Require(int rows, string file)
    {
        var written = File.ReadLines(file).Count() - 1;
        if (written != rows)
            throw new InvalidOperationException($"{file} has {written} rows and not {rows}.");
    }
}
