using System.Globalization;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Publisher.Tests;

public sealed class Killing_a_publisher : IDisposable
{
    private readonly TempVolume _volume = new();

    private ModelPaths Model => _volume.Layout.Paths();

    public void Dispose() => _volume.Dispose();

    // A thousand with BENCHMARK_KILLS=1000.
    [Theory(Timeout = 3_600_000)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task At_any_moment_leaves_a_whole_file_and_the_same_message_ends_what_it_began(int round)
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("BENCHMARK_KILLS") ?? "24") / 2;
        var random = Seed.Random(round);
        var next = 1;
        new BareSwap(_volume.Layout).Publish(_volume.Layout.Stage(next++));

        for (var kill = 1; kill <= kills; kill++)
        {
            var killed = await KillWhilePublishingAsync(next, random);

            var found = StagedData.WholeContent(File.ReadAllBytes(Model.Benchmark));
            found.Should().BeInRange(next - 1, killed, $"kill {kill}");
            var served = new BareSwap(_volume.Layout).Publish(StagedData.Message(killed));

            served.Version.Should().Be(killed, $"every run made one version: kill {kill}");
            VolumeJson.Read<Manifest>(Model.Version(killed).Manifest).RunId.Should().Be(StagedData.Run(killed));
            ServesWhole(killed);
            next = killed + 1;
        }

        // What the kills left is gone with the first publication two days later.
        var later = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(3));
        var swap = new BareSwap(_volume.Layout, later);
        swap.Publish(_volume.Layout.Stage(next));
        swap.Sweep();
        Directory.GetFileSystemEntries(Model.Versions).Should().HaveCount(next);
        Directory.GetFiles(Model.Directory).Select(Path.GetFileName)
            .Should().BeEquivalentTo("benchmark.csv", "benchmark.json");
        Durability.Say(
            $"kill -9 at random: {kills} of {kills} left a whole version, and the message ended what it began");
        Enumerable.Range(1, next)
            .Should().NotContain(run => Directory.Exists(Model.Staging(StagedData.Run(run), 1).Directory));
    }

    // A child publishes run after run; it is killed (SIGKILL) somewhere within the run after the last it has told.
    private async Task<int> KillWhilePublishingAsync(int firstRun, Random random)
    {
        const int most = 12;
        foreach (var run in Enumerable.Range(firstRun, most))
            _volume.Layout.Stage(run);
        using var child = PublishingProcess.Start(_volume.Layout, firstRun, firstRun + most - 1);
        var done = firstRun - 1;
        for (var reports = random.Next(1, most - 2); reports > 0; reports--)
            done = int.Parse((await child.ReadLineAsync())!, CultureInfo.InvariantCulture);
        PublishingProcess.Spin(TimeSpan.FromMicroseconds(random.Next(0, 4_000)));
        await child.KillAsync();

        while (await child.ReadLineAsync() is { } line)
            done = int.Parse(line, CultureInfo.InvariantCulture);
        // The runs behind the killed one were never begun: the next child does them, except when this one did them all.
        return Math.Min(done + 1, firstRun + most - 1);
    }

    private void ServesWhole(int run)
    {
        PublishedVersions.All(Model).Should().Equal(Enumerable.Range(1, run));
        foreach (var version in PublishedVersions.All(Model))
        {
            var read = VersionManifest.Read(Model, version);
            read.Manifest.RunId.Should().Be(StagedData.Run(version));
            CommittedVersion.TryVerify(Model, read).Should().NotBeNull();
        }
        StagedData.WholeContent(File.ReadAllBytes(Model.Benchmark)).Should().Be(run);
        VolumeJson.Read<Manifest>(Model.Manifest).Version.Should().Be(run);
        Posix.Identity(Model.Benchmark).Should().Be(Posix.Identity(Model.Version(run).Data));
    }
}
