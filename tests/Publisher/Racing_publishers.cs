using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

public sealed class Racing_publishers : IDisposable
{
    private readonly TempVolume _volume = new();

    private ModelPaths Model => _volume.Layout.Paths();

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task Of_different_runs_each_make_one_version_and_end_at_the_highest()
    {
        // Many short races: only their ends show whether a slow publisher of a lower version looked again.
        const int races = 40;
        for (var race = 0; race < races; race++)
        {
            int[][] runs = [[race * 4 + 1], [race * 4 + 2], [race * 4 + 3], [race * 4 + 4]];
            foreach (var run in runs)
                _volume.Layout.Stage(run[0], fetchedAt: StagedData.Fetched);

            var served = await InParallel(publishers: 4, runs);

            served.Should().OnlyContain(s => s.Served.Outcome == Outcome.Published);
            served.Select(s => s.Served.Version).Should().BeEquivalentTo(runs.Select(r => r[0]));
            ServesTheHighest(versions: (race + 1) * 4);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Given_the_same_messages_make_one_version_per_run(int race)
    {
        const int runs = 25;
        foreach (var run in Enumerable.Range(1, runs))
            _volume.Layout.Stage(run, fetchedAt: StagedData.Fetched);
        var random = Seed.Random(race);
        var orders = Enumerable.Range(0, 4).Select(_ => Shuffled(random, runs)).ToArray();

        var served = await InParallel(publishers: 4, orders);

        served.Should().OnlyContain(s => s.Served.Outcome == Outcome.Published);
        foreach (var deliveries in served.GroupBy(s => s.Run))
            deliveries.Select(s => s.Served.Version).Distinct().Should().ContainSingle();
        ServesTheHighest(runs);
    }

    [Fact]
    public async Task In_two_processes_make_one_version_per_run()
    {
        const int runs = 60;
        foreach (var run in Enumerable.Range(1, runs))
            _volume.Layout.Stage(run, fetchedAt: StagedData.Fetched);

        // The middle third is given to both.
        using var first = PublishingProcess.Start(_volume.Layout, 1, 40);
        using var second = PublishingProcess.Start(_volume.Layout, 21, 60);
        var exitCodes = await Task.WhenAll(first.ExitAsync(), second.ExitAsync());

        exitCodes.Should().Equal(0, 0);
        ServesTheHighest(runs);
    }

    // Many more with BENCHMARK_SWAPS=5000.
    [Fact(Timeout = 3_600_000)]
    public async Task Are_never_noticed_by_readers()
    {
        var runs = int.Parse(Environment.GetEnvironmentVariable("BENCHMARK_SWAPS") ?? "100") / 2 * 2 + 1;
        foreach (var run in Enumerable.Range(1, runs))
            _volume.Layout.Stage(run, fetchedAt: StagedData.Fetched);
        new BareSwap(_volume.Layout).Publish(StagedData.Message(1));
        using var old = File.OpenRead(Model.Benchmark);

        using var readers = Readers.Start(Model, count: 4);
        await InParallel(publishers: 2, [.. Enumerable.Range(2, runs - 1).Chunk(runs / 2)]);
        var seen = await readers.StopAsync();

        seen.RequireNoStepBack(Model);
        seen.Contents.Should().OnlyContain(contents => contents.Count > 1, "readers saw versions come and go");
        using var read = new MemoryStream();
        await old.CopyToAsync(read);
        read.ToArray().Should().Equal(StagedData.Content(1), "whoever has a version open reads it to its end");
        ServesTheHighest(runs);
        Durability.Say(
            $"readers: {seen.Reads} reads by 4 during {runs} swaps by 2 publishers: torn 0, missing 0, back 0");
    }

    // Frozen at a moment that is drawn, for as long as it takes the other to publish all its runs: it wakes up with
    // whatever it knew then.
    [Theory(Timeout = 3_600_000)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Serve_the_highest_though_one_was_frozen_and_wakes_up_late(int seed)
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("BENCHMARK_FREEZES") ?? "6");
        var random = Seed.Random(seed);
        new BareSwap(_volume.Layout).Publish(_volume.Layout.Stage(1, fetchedAt: StagedData.Fetched));
        using var sleeper = await PublishingProcess.StartObedientAsync(_volume.Layout);
        using var other = await PublishingProcess.StartObedientAsync(_volume.Layout);
        using var readers = Readers.Start(Model, count: 2);

        var run = 1;
        for (var round = 0; round < rounds; round++)
        {
            _volume.Layout.Stage(++run, fetchedAt: StagedData.Fetched);
            await sleeper.WriteLineAsync($"{run}");
            PublishingProcess.Spin(TimeSpan.FromMicroseconds(random.Next(0, 12_000)));
            await sleeper.SignalAsync("STOP");
            for (var more = 0; more < 3; more++)
            {
                _volume.Layout.Stage(++run, fetchedAt: StagedData.Fetched);
                await other.WriteLineAsync($"{run}");
                (await other.ReadLineAsync()).Should().StartWith("Published");
                VolumeAudit.Served(Model).Should().Be(run, "what was announced is served");
            }
            await sleeper.SignalAsync("CONT");
            (await sleeper.ReadLineAsync()).Should().StartWith("Published");
        }

        (await readers.StopAsync()).RequireNoStepBack(Model);
        ServesTheHighest(run);
        Durability.Say(
            $"a publisher frozen and woken {rounds} times, {run} versions: unique, ascending, highest served");
    }

    private async Task<List<(int Run, RefreshOutcome Served)>> InParallel(int publishers, int[][] runs)
    {
        runs.Should().HaveCount(publishers);
        using var start = new Barrier(publishers);
        var served = await Task.WhenAll(runs.Select(own => Task.Factory.StartNew(() =>
        {
            var swap = new BareSwap(_volume.Layout);
            start.SignalAndWait();
            return own.Select(run => (run, swap.Publish(StagedData.Message(run)))).ToList();
        }, TaskCreationOptions.LongRunning)));
        return [.. served.SelectMany(s => s)];
    }

    private void ServesTheHighest(int versions)
    {
        PublishedVersions.All(Model).Should().Equal(Enumerable.Range(1, versions));
        var manifests = PublishedVersions.All(Model)
            .Select(v => VolumeJson.Read<Manifest>(Model.Version(v).Manifest)).ToList();
        manifests.Select(m => m.RunId).Should().OnlyHaveUniqueItems();
        Posix.Identity(Model.Benchmark).Should().Be(Posix.Identity(Model.Version(versions).Data));
        VolumeJson.Read<Manifest>(Model.Manifest).Should().BeEquivalentTo(
            manifests[^1] with
            {
                File = Model.ServedFile(versions),
                ManifestSha256 = VersionManifest.Read(Model, versions).Sha256,
            });
        Directory.GetFileSystemEntries(Model.Directory).Select(Path.GetFileName).Should().BeEquivalentTo(
            ["benchmark.csv", "benchmark.json", ".versions", ".staging"], "no temporary name is left");
        Directory.GetFileSystemEntries(Model.Versions).Should().HaveCount(versions);
    }

    private static int[] Shuffled(Random random, int runs)
    {
        var order = Enumerable.Range(1, runs).ToArray();
        random.Shuffle(order);
        return order;
    }
}
