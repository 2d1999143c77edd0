using System.Security.Cryptography;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Tests;

public sealed class Recording_how_a_version_came_about
{
    [Fact]
    public async Task Chains_each_manifest_to_the_one_before()
    {
        await using var bench = await Workbench.StartAsync();

        for (var run = 1; run <= 3; run++)
            await bench.PublishedAsync(bench.Volume.Stage(run));

        Manifest(bench, 1).PreviousManifestSha256.Should().BeNull();
        Manifest(bench, 2).PreviousManifestSha256.Should().Be(Sha256(bench.Model.Version(1).Manifest));
        Manifest(bench, 3).PreviousManifestSha256.Should().Be(Sha256(bench.Model.Version(2).Manifest));
        bench.Served.PreviousManifestSha256.Should().Be(Manifest(bench, 3).PreviousManifestSha256);
    }

    [Fact]
    public async Task Names_the_profile_by_its_hash()
    {
        await using var bench = await Workbench.StartAsync();

        await bench.PublishedAsync(bench.Volume.Stage(run: 1));

        Manifest(bench, 1).ProfileSha256.Should().Be(Sha256(bench.Model.Version(1).Profile));
    }

    [Fact(Timeout = 60_000)]
    public async Task Warns_when_two_registries_take_turns()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, registry: "ours"));
        await bench.PublishedAsync(bench.Volume.Stage(run: 2, registry: "ours"));
        await bench.PublishedAsync(bench.Volume.Stage(run: 3, registry: "theirs"));
        var before = bench.Logged("under registry").Count;

        await bench.PublishedAsync(bench.Volume.Stage(run: 4, registry: "ours"));

        before.Should().Be(0, "an edited registry is another one, too");
        bench.Logged("under registry").Should().ContainSingle().Which.Should()
            .StartWith($"Warning: {StagedData.ValueStream}/{StagedData.Model}: version 4 ");
    }

    [Fact]
    public async Task Says_who_overruled_which_checks_and_why()
    {
        await using var bench = await Workbench.StartAsync();

        await bench.PublishedAsync(bench.Volume.Stage(run: 1, force: true, overruled: CheckName.Drift));

        bench.Served.Forced.Should().BeEquivalentTo(
            new ForcedFacts { By = "ada", Reason = "monthly", Overruled = [CheckName.Drift] });
        (await File.ReadAllTextAsync(bench.Model.Manifest)).Should().Contain("\"drift\"\n");
    }

    [Fact]
    public async Task Says_nothing_of_force_that_overruled_nothing()
    {
        await using var bench = await Workbench.StartAsync();

        await bench.PublishedAsync(bench.Volume.Stage(run: 1, force: true));

        bench.Served.Forced.Should().BeNull();
    }

    private static Manifest Manifest(Workbench bench, int version) =>
        VolumeJson.Read<Manifest>(bench.Model.Version(version).Manifest);

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
