using System.Security.Cryptography;
using Benchmark.Contracts;
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
    public async Task Tells_of_a_manifest_that_was_altered_and_chains_to_the_one_that_was_published()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        var published = Sha256(bench.Model.Version(1).Manifest);
        bench.Served.ManifestSha256.Should().Be(published);
        VolumeJson.Write(bench.Model.Version(1).Manifest, Manifest(bench, 1) with { RunId = Guid.NewGuid() });

        var unchanged = await bench.PublishedAsync(bench.Volume.Stage(run: 2, content: 1));
        var next = await bench.PublishedAsync(bench.Volume.Stage(run: 3));

        unchanged.Refresh.Outcome.Should().Be(Outcome.Unchanged);
        foreach (var refresh in new[] { unchanged.Refresh, next.Refresh })
        {
            refresh.Reason.Should().StartWith("The manifest of version 1 is not the one that it was published with");
            refresh.Hint.Should().EndWith("benchmark verify value_stream_1/model_x");
        }
        Manifest(bench, 2).PreviousManifestSha256.Should().Be(published, "what was altered does not become genuine");
        await bench.LoggedAsync("Error: value_stream_1/model_x: The manifest of version 1");
    }

    [Fact]
    public async Task Says_nothing_of_a_manifest_once_a_version_follows_it()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));

        (await bench.PublishedAsync(bench.Volume.Stage(run: 2))).Refresh.Reason.Should().BeNull();
        (await bench.PublishedAsync(bench.Volume.Stage(run: 3))).Refresh.Reason.Should().BeNull();
    }

    [Fact]
    public async Task Looks_for_a_version_of_the_run_no_further_back_than_the_run_goes()
    {
        await using var bench = await Workbench.StartAsync();
        for (var run = 1; run <= 3; run++)
        {
            await bench.PublishedAsync(Staged(run));
            bench.Time.Advance(TimeSpan.FromDays(1));
        }
        // Each manifest that is read is a round trip; this one would be refused.
        await File.WriteAllTextAsync(bench.Model.Version(1).Manifest, "damaged");

        var next = await bench.PublishedAsync(Staged(run: 4));
        var redelivered = await bench.PublishedAsync(Staged(run: 4));
        var older = await bench.PublishedAsync(Staged(run: 3, startedAt: bench.Time.GetUtcNow().AddDays(-1)));

        next.Refresh.Version.Should().Be(4);
        redelivered.Refresh.Should().BeEquivalentTo(new { Outcome = Outcome.Published, Version = 4 });
        older.Refresh.Should().BeEquivalentTo(new { Outcome = Outcome.Published, Version = 3 });

        ModelValidated Staged(int run, DateTimeOffset? startedAt = null)
        {
            var message = bench.Volume.Stage(run);
            var facts = bench.Model.Staging(message.RunId, message.Attempt).Facts;
            VolumeJson.Write(facts, VolumeJson.Read<StagedFacts>(facts) with
            {
                RunStartedAt = startedAt ?? bench.Time.GetUtcNow(),
            });
            return message;
        }
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
