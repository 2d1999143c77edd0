using Benchmark.Tests.Support;

namespace Benchmark.Performance;

/// <summary>
/// What a fetch of a wide table takes, with SHA-256 and flush, beside what the sources' own tools and pandas take to write the
/// same rows: each a process of its own, by turns.
/// </summary>
internal static class FetchScenario
{
    private const int Size = 1_000_000;
    private const int Rounds = 3;
    private const string Pandas = "pandas read_sql, to_csv";

    private static readonly Dictionary<string, string> s_nothing = [];

    public static Task<Table> MeasureAsync(IReadOnlyList<int> sizes)
    {
        var table = new Table("fetched from: by", "rows", "seconds", "CPU seconds", "peak MB", "our seconds ÷ its", "our CPU ÷ its", "our MB ÷ its");
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
        var noPandas = Postgres.WhyNoPandas();
        Contest duckDb = new("DuckDB", rows), postgres = new("PostgreSQL", rows);

        for (var round = 0; round < Rounds; round++)
        {
            duckDb.Enter("ours", () => Fetch("duckdb", $"Data Source={database}", reconcile: false));
            duckDb.Enter("COPY, one thread", () => Theirs(() => Run(OneFetch.DuckDbCopy, database, file)));
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
            table.Add($"{Pandas}: {noPandas}", Table.Number(rows), "", "", "", "", "", "");

        MeasuredProcess Fetch(string kind, string connection, bool reconcile)
        {
            var measured = Run(OneFetch.Ours, kind, connection, volume.Root, $"{reconcile}");
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

    private static MeasuredProcess Run(params string[] args) =>
        MeasuredProcess.Run(s_nothing, "dotnet", ["exec", typeof(FetchScenario).Assembly.Location, .. args]);

    // Less than all is quick, and would look like speed.
    private static void Require(int rows, string file)
    {
        var written = File.ReadLines(file).Count() - 1;
        if (written != rows)
            throw new InvalidOperationException($"{file} has {written} rows and not {rows}.");
    }

    /// <summary>Who writes the rows of one source, the first of them the one to compare with.</summary>
    private sealed class Contest(string source, int rows)
    {
        private readonly Dictionary<string, List<MeasuredProcess>> _runs = [];

        public void Enter(string who, Func<MeasuredProcess> run)
        {
            if (!_runs.TryGetValue(who, out var runs))
                _runs.Add(who, runs = []);
            runs.Add(run());
        }

        public void Tell(Table table)
        {
            var ours = MeasuredProcess.Median(_runs.First().Value);
            foreach (var (who, runs) in _runs)
            {
                var its = MeasuredProcess.Median(runs);
                table.Add(
                    $"{source}: {who}", Table.Number(rows),
                    Table.Number(its.Seconds, 2), Table.Number(its.ProcessorSeconds, 2), Table.Number(its.Megabytes),
                    Table.Number(ours.Seconds / its.Seconds, 2), Table.Number(ours.ProcessorSeconds / its.ProcessorSeconds, 2),
                    Table.Number(ours.Megabytes / its.Megabytes, 3));
            }
        }
    }
}
