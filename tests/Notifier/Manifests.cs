using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Notifier.Tests;

/// <summary>Manifests of served versions.</summary>
internal static class Manifests
{
    public static Manifest Of(string valueStream, string model, DateTimeOffset refreshedAt, WorstDrift? worst) => new()
    {
        ValueStream = valueStream,
        Model = model,
        Version = 7,
        File = $"{valueStream}/{model}/.versions/000007/benchmark.csv",
        Sha256 = new string('0', 64),
        Bytes = 20_000,
        Rows = 1000,
        Columns = [],
        RunId = Guid.NewGuid(),
        FetchedAt = refreshedAt,
        PublishedAt = refreshedAt,
        RefreshedAt = refreshedAt,
        Source = new SourceFacts { Name = "demo", Kind = "duckdb", QuerySha256 = new string('0', 64) },
        RegistrySha256 = new string('0', 64),
        Checks = [],
        Drift = worst is null ? null : new DriftSummary { AgainstVersion = 6, Worst = worst, Columns = [] },
    };

    public static StagedFacts Staged(string valueStream, string model, Guid runId) => new()
    {
        RunId = runId,
        ValueStream = valueStream,
        Model = model,
        Attempt = 1,
        Sha256 = new string('0', 64),
        Bytes = 20_000,
        Rows = 1000,
        Columns = [],
        FetchedAt = NotifierHost.Start,
        Source = new SourceFacts
        {
            Name = "demo",
            Kind = "duckdb",
            QuerySha256 = new string('0', 64),
            QueryId = "01b2-0001",
        },
        RegistrySha256 = new string('0', 64),
    };
}
