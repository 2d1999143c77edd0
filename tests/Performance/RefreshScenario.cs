using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Benchmark.Performance;

/// <summary>
/// What each model of one <c>benchmark refresh</c> costs, with everything in one process: tiny files, so that it is the
/// way through the services that costs, and what is done again and again for all models shows as growth.
/// </summary>
internal static class RefreshScenario
{
    private static readonly int[] s_sizes = [200, 2_000, 10_000];

    public static Task<Table> MeasureAsync(IReadOnlyList<int> sizes)
    {
        var table = new Table(
            "models", "seconds", "CPU s", "CPU ms/model", "CPU ms/model beyond the first size", "peak MB");
        MeasuredProcess? first = null;
        var least = 0;
        foreach (var models in sizes is [] ? s_sizes : sizes)
        {
            var took = Refresh(models);
            // The first size pays for starting and compiling, which all others pay as well.
            var beyond = first is null
                ? ""
                : Table.Number((took.ProcessorSeconds - first.ProcessorSeconds) * 1000 / (models - least), 1);
            if (first is null)
                (first, least) = (took, models);
            table.Add(
                Table.Number(models), Table.Number(took.Seconds, 1), Table.Number(took.ProcessorSeconds, 1),
                Table.Number(took.ProcessorSeconds * 1000 / models, 1), beyond, Table.Number(took.Megabytes));
        }
        return Task.FromResult(table);
    }

    private static MeasuredProcess Refresh(int models)
    {
        using var volume = new TempVolume();
        var database = Path.Combine(volume.Root, "warehouse.sqlite");
        CreateSource(database);
        var registry = Path.Combine(volume.Root, "models.yaml");
        WriteRegistry(registry, database, models);
        var root = Path.Combine(volume.Root, "efs");
        var took = MeasuredProcess.Run(
            new Dictionary<string, string>
            {
                ["BENCHMARK_ROOT"] = root,
                ["BENCHMARK_REGISTRY"] = registry,
                ["BENCHMARK_STATE"] = Path.Combine(volume.Root, "state"),
            },
            "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "benchmark.dll"), "refresh", "--all", "--json");
        // A failure is quick, and would look like speed.
        var layout = new VolumeLayout(root);
        var lacking = Enumerable.Range(0, models).Count(i => !File.Exists(layout.Model("vs", $"model_{i}").Benchmark));
        return lacking == 0
            ? took : throw new InvalidOperationException($"{lacking} of {models} models are not published.");
    }

    private static void CreateSource(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "create table t (id integer); insert into t values (0), (1), (2)";
        command.ExecuteNonQuery();
    }

    private static void WriteRegistry(string path, string database, int models)
    {
        var lines = Enumerable.Range(0, models).Select(i => $"      model_{i}: {{table: t}}");
        File.WriteAllText(path, $$"""
            version: 1
            defaults: {notify: {email: [team@bank.example]}, threshold: 0}
            sources:
              warehouse: {kind: sqlite, connection: "Data Source={{database}}"}
            value_streams:
              vs:
                models:
            {{string.Join('\n', lines)}}

            """);
    }
}
