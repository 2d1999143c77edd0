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

    [Fact]
    public async Task Are_never_noticed_by_readers()
    {
        const int runs = 200;
        foreach (var run in Enumerable.Range(1, runs))
            _volume.Layout.Stage(run, fetchedAt: StagedData.Fetched);
        new BareSwap(_volume.Layout).Publish(StagedData.Message(1));
        using var published = new CancellationTokenSource();

        using var reading = new CountdownEvent(2);
        // Threads of their own, and under way before the race: on two cores a pool thread may start when it is over.
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () => ReadUntil(published.Token, reading), TaskCreationOptions.LongRunning)).ToList();
        reading.Wait();
        await InParallel(publishers: 2, [.. Enumerable.Range(2, runs - 1).Chunk(runs / 2)]);
        await published.CancelAsync();

        var contents = await Task.WhenAll(readers);
        contents.Should().OnlyContain(seen => seen.Count > 1, "readers saw versions come and go");
        ServesTheHighest(runs);
    }

    private HashSet<int> ReadUntil(CancellationToken stop, CountdownEvent reading)
    {
        var seen = new HashSet<int>();
        while (!stop.IsCancellationRequested)
        {
            if (seen.Count == 0)
                reading.Signal();
            seen.Add(StagedData.WholeContent(File.ReadAllBytes(Model.Benchmark)));
            var facts = VolumeJson.Read<Manifest>(Model.Manifest);
            File.ReadAllBytes(Path.Combine(Model.Directory, facts.File)).Should().HaveCount((int)facts.Bytes);
        }
        return seen;
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
            manifests[^1] with { File = Model.ServedFile(versions) });
        Directory.GetFileSystemEntries(Model.Directory).Should().HaveCount(3, "no temporary name is left");
        Directory.GetFileSystemEntries(Model.Versions).Should().HaveCount(versions);
    }

    private static int[] Shuffled(Random random, int runs)
    {
        var order = Enumerable.Range(1, runs).ToArray();
        random.Shuffle(order);
        return order;
    }
}
