using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher;
using Benchmark.Fetcher.Sources;
using Benchmark.Tests.Support;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmark.Performance;

/// <summary>What <see cref="FetchScenario"/> measures as processes of their own that are this program.</summary>
internal static class OneFetch
{
    public const string Ours = "one-fetch";
    public const string DuckDbCopy = "one-copy";

    /// <summary>Does it, when that is what the arguments ask for.</summary>
    /// <returns>The exit code; <see langword="null"/> when something else is asked for.</returns>
    public static async Task<int?> RunAsync(string[] args)
    {
        switch (args)
        {
            case [Ours, var kind, var connection, var root, var reconcile]:
                return await FetchAsync(new() { Name = "source", Kind = kind, Connection = connection }, root,
                    bool.Parse(reconcile));
            case [DuckDbCopy, var database, var target]:
                Copy(database, target);
                return 0;
            default:
                return null;
        }
    }

    // As the Fetcher does on a request, from the query to the facts beside the flushed file; only the bus is missing.
    private static async Task<int> FetchAsync(SourceDefinition source, string root, bool reconcile)
    {
        var time = TimeProvider.System;
        var model = Models.Named(
            "vs", "wide") with
        { Source = source.Name, Table = WideTable.Name, Reconcile = reconcile };
        using var databases = new OpenDatabases(time);
        var query = new SourceQuery(SourceKinds.BuiltIn, databases, new FetchProgress(time), time);
        var volume = new VolumeLayout(root);
        Contracts.Volume.Installation.Make(volume);
        var staging = new BenchmarkStaging(volume, query, time, NullLogger<BenchmarkStaging>.Instance);
        var outcome = await staging.StageAsync(
            new RefreshModel { ValueStream = model.ValueStream, Model = model.Model }, Guid.NewGuid(),
            new ModelRegistry([model], [source], model.Notify),
            new RequestDelivery(() => TimeSpan.Zero, () => null, isRepeated: false), CancellationToken.None);
        if (outcome is not StageOutcome.Refused(var refused))
            return 0;
        Console.Error.WriteLine($"{refused.Refresh.Reason} {refused.Refresh.Hint}");
        return 1;
    }

    private static void Copy(string database, string target)
    {
        using var connection = new DuckDBConnection($"Data Source={database};ACCESS_MODE=READ_ONLY");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"set threads = 1; copy {WideTable.Name} to '{target}' (header)";
        command.ExecuteNonQuery();
    }
}
