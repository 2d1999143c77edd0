using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

/// <summary>
/// A publication is traced once. Every prefix of its calls is replayed on a fresh volume, and of what was not flushed,
/// a part is lost that the seed draws: names and contents. So a file system may do that promises no more than POSIX.
/// Many more draws with <c>BENCHMARK_CRASHES=500</c>.
/// </summary>
[NeedsStrace]
public sealed class Losing_power : IDisposable
{
    private readonly TempVolume _traced = new();

    public void Dispose() => _traced.Dispose();

    [Theory(Timeout = 3_600_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task At_any_call_leaves_a_known_version_that_the_next_publisher_serves(bool first)
    {
        var draws = int.Parse(Environment.GetEnvironmentVariable("BENCHMARK_CRASHES") ?? "4");
        var random = Seed.Random(first ? 1 : 0);
        var publication = await TraceAsync(first);

        var states = 0;
        for (var calls = 0; calls <= publication.Calls.Count; calls++)
        {
            for (var draw = 0; draw < draws; draw++, states++)
            {
                using var volume = new TempVolume();
                var lost = publication.Crash(volume.Layout, calls, random);
                var because = $"after {calls} calls, lost: {string.Join(", ", lost)}";

                var paths = volume.Layout.Paths();
                var found = Posix.Exists(paths.Benchmark) ? VolumeAudit.Served(paths) : 0;

                found.Should().BeOneOf([publication.Before, publication.Run], because);
                if (calls == publication.Calls.Count)
                    found.Should().Be(publication.Run, $"it could be announced: {because}");
                Recover(volume.Layout, publication.Run, because);
            }
        }
        Durability.Say($"crashes in a {(first ? "first" : "later")} publication of {publication.Calls.Count} calls: "
            + $"{states} of {states} states are a known version");
    }

    private async Task<CrashingPublication> TraceAsync(bool first)
    {
        var before = first ? 0 : 1;
        if (!first)
            new BareSwap(_traced.Layout).Publish(_traced.Layout.Stage(run: 1));
        _traced.Layout.Stage(before + 1);
        var start = CrashingPublication.FilesOf(_traced.Layout);
        var lines = await TracedPublisher.CallsOfAsync(_traced.Layout, before + 1, TracedCall.Needed);
        return new CrashingPublication(_traced.Layout, start, TracedCall.Of(lines, _traced.Root), before);
    }

    // The message comes again; what was staged may be damaged, and then the next refresh publishes.
    private static void Recover(VolumeLayout volume, int run, string because)
    {
        var again = new BareSwap(volume).TryPublish(StagedData.Message(run), isLastAttempt: true);
        if (again is { IsRefreshed: true })
            VolumeAudit.Served(volume.Paths()).Should().Be(run, because);
        new BareSwap(volume).Publish(volume.Stage(run + 1));
        VolumeAudit.Served(volume.Paths()).Should().Be(run + 1, because);
        VolumeAudit.RequireRest(volume.Paths());
    }
}
