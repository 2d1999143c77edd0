using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Tests;

public sealed class Keeping_versions_by_hand : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Pins_a_version_with_who_and_why_until_it_is_unpinned()
    {
        await VersionsAsync(2);

        var pinned = await _place.RunAsync("pin", "vs/a", "1", "--reason", "audit");

        pinned.ExitCode.Should().Be(0, pinned.Error);
        var pin = VolumeJson.Read<VersionPin>(_place.OnVolume("vs/a/.versions/000001.pinned"));
        pin.Should().BeEquivalentTo(new { By = Environment.UserName, Reason = "audit" });
        (await _place.RunAsync("history", "vs/a")).Output.Should().Contain("pinned");
        (await _place.RunAsync("unpin", "vs/a", "1")).ExitCode.Should().Be(0);
        File.Exists(_place.OnVolume("vs/a/.versions/000001.pinned")).Should().BeFalse();
    }

    [Fact]
    public async Task Pins_no_version_that_is_not_there()
    {
        await VersionsAsync(1);

        var result = await _place.RunAsync("pin", "vs/a", "9");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("no version 9").And.Contain("It has 1");
        Directory.GetFiles(_place.OnVolume("vs/a/.versions")).Should().BeEmpty();
    }

    [Fact]
    public async Task Prunes_what_retention_does_not_keep_and_says_how_much_it_was()
    {
        await VersionsAsync(4);
        await File.WriteAllTextAsync(_place.OnVolume("vs/a/.versions/000002.pinned"), "");
        Age(_place.OnVolume("vs/a/.versions"));
        _place.Registers("a: {table: a, keep_versions: 1}");

        var dryRun = await _place.RunAsync("prune", "--dry-run", "--json");
        var before = Versions();
        var pruned = await _place.RunAsync("prune", "vs");

        dryRun.Json.GetProperty("versions").EnumerateArray()
            .Select(version => version.GetProperty("version").GetInt32())
            .Should().Equal(1, 3);
        dryRun.Json.GetProperty("bytes").GetInt64().Should().Be("id\n0\n".Length + "id\n0\n1\n2\n".Length);
        before.Should().Equal("000001", "000002", "000003", "000004");
        pruned.ExitCode.Should().Be(0, pruned.Error);
        pruned.Output.Should().Contain("vs/a version 1").And.Contain("vs/a version 3");
        Versions().Should().Equal("000002", "000004");
    }

    [Fact]
    public async Task Prunes_nothing_when_everything_is_young()
    {
        await VersionsAsync(2);
        _place.Registers("a: {table: a, keep_versions: 1}");

        var result = await _place.RunAsync("prune");

        result.ExitCode.Should().Be(0, result.Error);
        result.Error.Should().Contain("Removed 0 versions");
        Versions().Should().HaveCount(2);
    }

    private async Task VersionsAsync(int count)
    {
        _place.Registers("a: {table: a}");
        for (var i = 1; i <= count; i++)
        {
            _place.Warehousing($"create or replace table a as select range as id from range({i})");
            var result = await _place.RunAsync("refresh", "vs/a");
            result.ExitCode.Should().Be(0, result.Output + result.Error);
        }
    }

    private string[] Versions() =>
        [.. Directory.GetDirectories(_place.OnVolume("vs/a/.versions")).Select(path => Path.GetFileName(path)).Order()];

    // As if they had been published a month apart.
    private static void Age(string versions)
    {
        foreach (var directory in Directory.GetDirectories(versions))
        {
            var path = Path.Combine(directory, "manifest.json");
            Workplace.MakeWritable(path);
            var manifest = VolumeJson.Read<Manifest>(path);
            VolumeJson.Write(path, manifest with { PublishedAt = manifest.PublishedAt.AddDays(-30) });
        }
    }
}
