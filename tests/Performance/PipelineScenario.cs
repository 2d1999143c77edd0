using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Performance;

/// <summary>
/// What a refresh of many small models takes with everything in one process, for the first time and with the profiles
/// of the month before, beside a loop in pandas that fetches, checks and writes the same rows: each a process from its
/// start to its end.
/// </summary>
internal static class PipelineScenario
{
    private const int Models = 200;
    private const int Rows = 5_000;
    private const int Rounds = 3;
    private const string Query =
        "select application_id, account, opened_1, opened_2, opened_3, grade_1, grade_2, grade_3, grade_4, count_1, "
        + "count_2, count_3, "
        + "count_4, amount_1, amount_2, amount_3, amount_4, amount_5, amount_6, amount_7 from wide";

    public static Task<Table> MeasureAsync(IReadOnlyList<int> sizes)
    {
        var table = new Table(
            "refresh: by", "models", "seconds", "ms/model", "CPU ms/model", "peak MB", "our seconds ÷ its");
        foreach (var models in sizes is [] ? [Models] : sizes)
            Measure(table, models);
        return Task.FromResult(table);
    }

    private static void Measure(Table table, int models)
    {
        using var volume = new TempVolume();
        using var server = new PostgresServer();
        var database = Path.Combine(volume.Root, "warehouse.duckdb");
        WideTable.CreateDuckDb(database, Rows);
        WideTable.CopyToPostgres(database, server);
        var noPandas = Pandas.WhyNot("psycopg2", "sqlalchemy");
        List<MeasuredProcess> first = [], monthly = [], theirFirst = [], theirMonthly = [];

        for (var round = 0; round < Rounds; round++)
        {
            var site = Directory.CreateDirectory(Path.Combine(volume.Root, $"site_{round}")).FullName;
            var theirs = Directory.CreateDirectory(Path.Combine(volume.Root, $"pandas_{round}")).FullName;
            WriteRegistry(site, server, models);
            first.Add(Ours());
            var facts = Path.Combine(site, "efs", "vs", "model_0", "benchmark.json");
            if (noPandas is null)
                theirFirst.Add(Pandas.Refresh(server, Query, models, facts, theirs));
            // Otherwise the next month would be the same, byte by byte, and not be published.
            server.Execute($"update {WideTable.Name} set account = account + 1");
            monthly.Add(Ours());
            if (noPandas is null)
                theirMonthly.Add(Pandas.Refresh(server, Query, models, facts, theirs));

            MeasuredProcess Ours() => Refresh(site, models);
        }
        Tell("first time", first, theirFirst);
        Tell("stored profiles", monthly, theirMonthly);

        void Tell(string work, List<MeasuredProcess> ours, List<MeasuredProcess> theirs)
        {
            Add($"{work}: ours", MeasuredProcess.Median(ours), 1);
            if (noPandas is not null)
                table.Add($"{work}: pandas: {noPandas}", Table.Number(models), "", "", "", "", "");
            else
                Add($"{work}: pandas", MeasuredProcess.Median(theirs),
                    MeasuredProcess.Median(ours).Seconds / MeasuredProcess.Median(theirs).Seconds);
        }

        void Add(string who, MeasuredProcess took, double ratio) => table.Add(
            who, Table.Number(models), Table.Number(took.Seconds, 1), Table.Number(took.Seconds * 1000 / models, 1),
            Table.Number(took.ProcessorSeconds * 1000 / models, 1), Table.Number(took.Megabytes),
            Table.Number(ratio, 2));
    }

    private static void WriteRegistry(string site, PostgresServer server, int models)
    {
        var columns = string.Join(
            '\n', Query.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Rule).OfType<string>());
        File.WriteAllText(Path.Combine(site, "models.yaml"), $$"""
            version: 1
            defaults: {notify: {email: [team@bank.example]}, threshold: 0}
            sources:
              warehouse: {kind: postgres, connection: "{{server.ConnectionString}}"}
            value_streams:
              vs:
                models:
            {{string.Join('\n', Enumerable.Range(0, models).Select(Model))}}

            """);

        string Model(int i) => $$"""
                  model_{{i}}:
                    query: {{Query}}
                    key: [{{WideRules.Key}}]
                    columns:
            {{columns}}
            """;

        static string? Rule(string column) => column switch
        {
            WideRules.Key => Yaml(column, "required: true"),
            _ when column.StartsWith("grade", StringComparison.Ordinal) =>
                Yaml(column, $"values: [{string.Join(", ", WideRules.Grades.Select(grade => $"grade_{grade}"))}]"),
            _ when column.StartsWith("count", StringComparison.Ordinal) =>
                Yaml(column, $"min: {WideRules.LeastCount}, max: {WideRules.GreatestCount}"),
            _ when column.StartsWith("amount", StringComparison.Ordinal) =>
                Yaml(column, $"min: {WideRules.LeastAmount}, max: {WideRules.GreatestAmount}"),
            _ => null,
        };

        static string Yaml(string column, string rule) => $"          {column}: {{{rule}}}";
    }

    private static MeasuredProcess Refresh(string site, int models)
    {
        var took = MeasuredProcess.Run(
            new Dictionary<string, string>
            {
                ["BENCHMARK_ROOT"] = Path.Combine(site, "efs"),
                ["BENCHMARK_REGISTRY"] = Path.Combine(site, "models.yaml"),
                ["BENCHMARK_STATE"] = Path.Combine(site, "state"),
            },
            "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "benchmark.dll"), "refresh", "--all", "--json");
        // A failure is quick, and would look like speed.
        var layout = new VolumeLayout(Path.Combine(site, "efs"));
        var lacking = Enumerable.Range(0, models).Count(i => !File.Exists(layout.Model("vs", $"model_{i}").Benchmark));
        return lacking == 0
            ? took : throw new InvalidOperationException($"{lacking} of {models} models are not published.");
    }
}
