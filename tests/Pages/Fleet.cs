using System.Text.Json;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Benchmark.Tests.Support;

namespace Benchmark.Pages.Tests;

/// <summary>
/// Models with a year of versions and a closed run, of which one in 15 failed and one in 40 was rejected.
/// </summary>
internal sealed class Fleet
{
    private const int Versions = 12;

    private static readonly string[] s_streams = ["credit", "fraud", "marketing", "pricing", "treasury"];

    private readonly Random _random = new(20261101);

    private Fleet(int models)
    {
        Models = [.. Enumerable.Range(1, models).Select(Model)];
        Registry = new FixedRegistry([.. Models]);
    }

    public Guid RunId { get; } = Guid.Parse("0193f9c1-2b04-7d30-9a55-6f4d8c1e2b17");

    public IReadOnlyList<ModelDefinition> Models { get; }

    public FixedRegistry Registry { get; }

    /// <summary>A site of so many models, with their versions on its volume and a run in its database.</summary>
    public static async Task<(Site Site, Fleet Fleet)> StartAsync(
        int models, Dictionary<string, string?>? settings = null, TempVolume? volume = null)
    {
        var fleet = new Fleet(models);
        volume ??= new TempVolume();
        Directory.CreateDirectory(volume.Layout.Bookkeeping);
        foreach (var (index, model) in fleet.Models.Index())
            fleet.Write(volume.Layout, model, index);
        var site = await Site.StartAsync(volume, fleet.Registry, settings);
        await site.ConsumeAsync(fleet.Started(fleet.RunId));
        await Task.WhenAll(fleet.Models.Select((model, index) => site.ConsumeAsync(fleet.Ended(model, index))));
        return (site, fleet);
    }

    public RefreshRunStarted Started(Guid runId, params ModelDefinition[] models) => new()
    {
        RunId = runId,
        Trigger = RunTrigger.Operator,
        RequestedBy = "anna.keller",
        Reason = "month end",
        StartedAt = Site.Now.AddMinutes(-42),
        Deadline = Site.Now.AddHours(2),
        RegistrySha256 = "none",
        Models = [.. (models is [] ? Models : models).Select(model => model.Name)],
    };

    public object Ended(ModelDefinition model, int index)
    {
        var refresh = new RefreshOutcome
        {
            ValueStream = model.ValueStream,
            Model = model.Model,
            Outcome = Outcome.Published,
            Stage = Stage.Publish,
            Version = Versions,
            Rows = 20_000 + index,
            Bytes = 400_000,
            WorstDrift = Drift("score", 0.01 + index % 7 * 0.02),
        };
        return (index % 15, index % 40) switch
        {
            (3, _) => new ModelFetchFailed
            {
                RunId = RunId,
                Refresh = refresh with
                {
                    Outcome = Outcome.Failed,
                    Stage = Stage.Fetch,
                    Version = null,
                    Rows = null,
                    WorstDrift = null,
                    Reason = $"Role BENCHMARK may not read {model.Table!.ToUpperInvariant()}.",
                },
            },
            (_, 7) => new ModelRejected
            {
                RunId = RunId,
                Refresh = refresh with
                {
                    Outcome = Outcome.Rejected,
                    Stage = Stage.Validate,
                    Version = null,
                    Reason = "grade: PSI 0.512 against version 11; allowed below 0.25",
                    WorstDrift = Drift("grade", 0.512),
                },
            },
            _ => new ModelPublished { RunId = RunId, Refresh = refresh },
        };
    }

    /// <summary>Publishes a version as the Publisher does, as far as a reader sees it.</summary>
    public static void Publish(Site site, string stream, string model, int version)
    {
        var paths = site.Volume.Model(stream, model);
        var manifest = VolumeJson.Read<Manifest>(paths.Manifest) with { Version = version };
        Directory.CreateDirectory(paths.Version(version).Directory);
        VolumeJson.Write(paths.Version(version).Manifest, manifest);
        VolumeJson.Write(paths.Manifest, manifest with { File = paths.ServedFile(version) });
    }

    private static WorstDrift Drift(string column, double psi) => new()
    {
        Column = column,
        Psi = psi,
        Band = psi >= 0.25 ? Band.Moved : psi >= 0.1 ? Band.Shifted : Band.Stable,
    };

    private static ModelDefinition Model(int number) =>
        Benchmark.Tests.Support.Models.Named(s_streams[number % s_streams.Length], $"pd_retail_{number:D3}") with
        {
            Owner = $"team-{(char)('a' + number % 4)}@bank.example",
        };

    // Of those that failed, one in four was never published, and the rest is three months old.
    private void Write(VolumeLayout volume, ModelDefinition model, int index)
    {
        var fails = index % 15 == 3;
        if (fails && index % 4 == 3)
            return;
        var paths = volume.Model(model.Name);
        var months = fails ? 3 : 0;
        var psi = 0.01 + _random.NextDouble() * 0.03;
        for (var version = 1; version <= Versions; version++)
        {
            psi = Math.Max(0.002, psi + (_random.NextDouble() - 0.46) * 0.03);
            var manifest = Manifest(model, version, version == 1 ? null : psi, months, index);
            var place = paths.Version(version);
            Directory.CreateDirectory(place.Directory);
            // Not as VolumeJson.Write does it: 7,200 files need not survive a power cut.
            File.WriteAllText(place.Manifest, JsonSerializer.Serialize(manifest, VolumeJson.Options));
            if (version == Versions)
                VolumeJson.Write(paths.Manifest, manifest);
        }
    }

    private static Manifest Manifest(ModelDefinition model, int version, double? psi, int monthsOld, int index)
    {
        var at = Site.Now.AddMonths(version - Versions - monthsOld).AddMinutes(-30);
        return new Manifest
        {
            ValueStream = model.ValueStream,
            Model = model.Model,
            Version = version,
            File = "benchmark.csv",
            Sha256 = new string('0', 64),
            Bytes = 400_000,
            Rows = 20_000 + index,
            Columns = [.. Enumerable.Range(1, 20).Select(c => new ColumnFacts
            {
                Name = $"column_{c}",
                Type = ColumnType.Number,
                Nulls = 0,
            })],
            RunId = Guid.NewGuid(),
            FetchedAt = at,
            PublishedAt = at,
            RefreshedAt = at,
            Source = new SourceFacts { Name = "demo", Kind = "duckdb", QuerySha256 = new string('0', 64) },
            RegistrySha256 = new string('0', 64),
            Checks = [.. Enumerable.Range(1, 20).Select(c => new CheckResult
            {
                Check = CheckName.Type,
                Column = $"column_{c}",
                Status = CheckStatus.Pass,
                Message = $"column_{c}: every value is a number.",
            })],
            Drift = psi is null ? null : new DriftSummary
            {
                AgainstVersion = version - 1,
                Worst = Drift("score", psi.Value),
                AnchorVersion = 1,
                WorstSinceAnchor = Drift("income", psi.Value * 1.8),
                Columns = [],
            },
        };
    }
}
