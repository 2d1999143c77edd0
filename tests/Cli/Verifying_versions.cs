using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Contracts.Volume.Verifying;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

public sealed class Verifying_versions : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Finds_everything_as_it_was_published()
    {
        await ThreeVersionsAsync();

        var result = await _place.RunAsync("verify", "vs/a", "--json");

        result.ExitCode.Should().Be(0, result.Output + result.Error);
        var a = result.Json.EnumerateArray().Single();
        a.GetProperty("versions").GetInt32().Should().Be(3);
        a.GetProperty("bytes").GetInt64().Should().Be(
            "id\n0\n".Length + "id\n0\n1\n".Length, "the rollback has the file of version 1");
        a.GetProperty("altered").GetArrayLength().Should().Be(0);
        a.GetProperty("unchained").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData(".versions/000002/benchmark.csv", "1", "7")]
    [InlineData(".versions/000002/profile.json", "\"count\": 2", "\"count\": 9")]
    [InlineData(".versions/000002/manifest.json", "\"model\": \"a\"", "\"model\": \"b\"")]
    [InlineData("benchmark.json", "\"model\": \"a\"", "\"model\": \"b\"")]
    public async Task Says_which_file_was_altered_and_when_it_was_last_right(string altered, string was, string now)
    {
        await ThreeVersionsAsync();
        (await _place.RunAsync("verify")).ExitCode.Should().Be(0);
        var path = _place.OnVolume($"vs/a/{altered}");
        Workplace.MakeWritable(path);
        // As long as before, and still what it was in form.
        var content = await File.ReadAllTextAsync(path);
        content.Should().Contain(was);
        await File.WriteAllTextAsync(path, content.Replace(was, now));

        var result = await _place.RunAsync("verify", "vs/a", "--json");

        result.ExitCode.Should().Be(2, result.Output);
        var file = result.Json[0].GetProperty("altered").EnumerateArray()
            .Single(file => file.GetProperty("file").GetString() == $"vs/a/{altered}");
        file.GetProperty("last_right_at").GetDateTimeOffset().Should().BeCloseTo(
            DateTimeOffset.UtcNow, TimeSpan.FromMinutes(2));
        (await _place.RunAsync("models", "vs/a", "--json")).Json[0].GetProperty("warnings").EnumerateArray()
            .Should().Contain(warning => warning.GetString()!.Contains(altered));
    }

    [Fact]
    public async Task Finds_an_altered_manifest_of_the_newest_version_before_another_follows_it()
    {
        await TwoVersionsAsync();
        var path = _place.OnVolume("vs/a/.versions/000002/manifest.json");
        Workplace.MakeWritable(path);
        // Also the facts, as somebody would who knows of them; but not of the hash.
        var facts = _place.OnVolume("vs/a/benchmark.json");
        VolumeJson.Write(path, VolumeJson.Read<Manifest>(path) with { RequestedBy = "eve" });
        VolumeJson.Write(facts, VolumeJson.Read<Manifest>(facts) with { RequestedBy = "eve" });

        var result = await _place.RunAsync("verify");

        result.ExitCode.Should().Be(2, result.Output);
        result.Output.Should().Contain("altered\tvs/a/.versions/000002/manifest.json: Its SHA-256 is ")
            .And.Contain("; benchmark.json has ");
    }

    [Fact]
    public async Task Finds_what_was_copied_through_the_name_that_readers_open()
    {
        await TwoVersionsAsync();
        Workplace.MakeWritable(_place.OnVolume("vs/a/benchmark.csv"));
        var old = await File.ReadAllBytesAsync(_place.OnVolume("vs/a/.versions/000001/benchmark.csv"));
        await File.WriteAllBytesAsync(_place.OnVolume("vs/a/benchmark.csv"), old);

        var result = await _place.RunAsync("verify");

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain("vs/a/.versions/000002/benchmark.csv: It has 5 bytes; version 2 was published")
            .And.Contain("vs/a/benchmark.csv: ").And.Contain("It was so already when it was first looked at, on ");
    }

    [Fact]
    public async Task Finds_that_readers_open_another_file()
    {
        await TwoVersionsAsync();
        File.Move(
            _place.OnVolume("vs/a/.versions/000001/benchmark.csv"), _place.OnVolume("vs/a/benchmark.csv"),
            overwrite: true);

        var result = await _place.RunAsync("verify");

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain("vs/a/benchmark.csv: It is not the file of version 2")
            .And.Contain("vs/a/.versions/000001/benchmark.csv: It is not there.");
    }

    [Theory]
    [InlineData("vs/a/.versions", "vs/a/.versions: It has no version 2, which was published last")]
    [InlineData("vs/a/.versions,vs/a/benchmark.json", "vs/a/benchmark.csv: There is no version that it could be of")]
    [InlineData("vs/a", "vs/a/.versions: It is not there, although the run database knows")]
    [InlineData("vs/a/.versions/000002", "vs/a/.versions: It has no version 2, which was published last")]
    public async Task Says_that_versions_were_removed_for_all_that_still_tells_of_them(string removed, string finding)
    {
        await TwoVersionsAsync();
        foreach (var path in removed.Split(','))
            _place.Remove(path);

        var result = await _place.RunAsync("verify");
        var again = await _place.RunAsync("verify");

        result.ExitCode.Should().Be(2, result.Output + result.Error);
        result.Output.Should().Contain(finding).And.NotContain("never published");
        again.ExitCode.Should().Be(2, again.Output);
    }

    [Fact]
    public async Task Warns_wherever_models_are_shown_that_the_served_version_was_removed()
    {
        await TwoVersionsAsync();
        _place.Remove("vs/a/.versions");

        var result = await _place.RunAsync("models", "vs/a", "--json");

        result.Json[0].GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()).Should()
            .Contain(".versions has no version 2, which was published last: somebody removed it.");
    }

    [Fact]
    public async Task Finds_the_rest_although_a_file_cannot_be_read()
    {
        await ThreeVersionsAsync();
        // A link to itself cannot be opened by anybody, root neither.
        var unreadable = _place.OnVolume("vs/a/.versions/000001/profile.json");
        Workplace.MakeWritable(unreadable);
        File.Delete(unreadable);
        File.CreateSymbolicLink(unreadable, unreadable);
        var altered = _place.OnVolume("vs/a/.versions/000002/benchmark.csv");
        Workplace.MakeWritable(altered);
        await File.WriteAllTextAsync(altered, "id\n7\n7\n");

        var result = await _place.RunAsync("verify");

        result.ExitCode.Should().Be(2, result.Output + result.Error);
        result.Output.Should().Contain("unreadable\tvs/a/.versions/000001/profile.json: It cannot be read: ")
            .And.Contain("altered\tvs/a/.versions/000002/benchmark.csv: Its SHA-256 is");
        result.Error.Should().Contain("2 files are not as published, or unreadable");
    }

    [Fact]
    public async Task Is_not_needed_where_a_refresh_says_that_the_served_version_is_damaged()
    {
        await TwoVersionsAsync();
        _place.Damage("vs/a/.versions/000002/profile.json");

        var refresh = await _place.RunAsync("refresh", "vs/a");

        refresh.Output.Should().Contain("rejected").And.Contain(
            "Version 2, which the data must be compared with, is not whole").And.Contain(
            $"Restore {_place.OnVolume("vs/a/.versions/000002")} from a backup.");
        var run = (await _place.RunAsync("runs", "--json")).Json[0].GetProperty("run_id").GetString()!;
        (await _place.RunAsync("report", run)).Output.Should()
            .Contain("with the version before, if there is one. Then run")
            .And.Contain("benchmark refresh vs/a").And.NotContain("Correct the data");
    }

    [Fact]
    public async Task Takes_a_version_that_is_removed_meanwhile_for_removed()
    {
        await ThreeVersionsAsync();
        var volume = new VolumeLayout(_place.Volume);
        var version = volume.Model("vs", "a").Version(2);
        ChildProcess.Run("chmod", ["-R", "u+w", version.Directory]);
        var read = 0;

        // As retention does, once the data of the version before was read.
        var found = new VersionVerification(volume, TimeProvider.System, (_, _) =>
        {
            if (++read == 2)
                Directory.Move(version.Directory, $"{version.Directory}.removed.tmp");
        }).Verify(new ModelKey { ValueStream = "vs", Model = "a" }, before: null, default);

        found.Altered.Should().BeEmpty();
        found.Versions.Should().Be(2);
        read.Should().Be(2);
    }

    [Fact]
    public async Task Takes_versions_from_before_the_chain_for_what_they_are()
    {
        await TwoVersionsAsync();
        foreach (var version in new[] { 1, 2 })
        {
            var path = _place.OnVolume($"vs/a/.versions/00000{version}/manifest.json");
            Workplace.MakeWritable(path);
            VolumeJson.Write(path, VolumeJson.Read<Manifest>(path) with
            {
                PreviousManifestSha256 = null,
                ProfileSha256 = null,
            });
        }
        var facts = _place.OnVolume("vs/a/benchmark.json");
        VolumeJson.Write(facts, VolumeJson.Read<Manifest>(facts) with
        {
            PreviousManifestSha256 = null,
            ProfileSha256 = null,
            ManifestSha256 = null,
        });

        var result = await _place.RunAsync("verify");

        result.ExitCode.Should().Be(0, result.Output);
        result.Error.Should().Contain("version 1, 2 is from before manifests were chained");
    }

    [Fact]
    public async Task Is_no_answer_about_a_model_that_was_never_published()
    {
        _place.Registers("a: {table: a}");

        var result = await _place.RunAsync("verify");

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Be("vs/a\tnever published\n");
        Directory.Exists(_place.OnVolume(".benchmark/verified")).Should().BeFalse();
    }

    [Fact]
    public async Task Says_so_when_the_volume_is_not_there()
    {
        await TwoVersionsAsync();
        _place.Volume = _place.InDirectory("elsewhere");

        foreach (var arguments in new string[][] { ["verify"], ["prune"], ["history", "vs/a"] })
        {
            var result = await _place.RunAsync(arguments);

            result.ExitCode.Should().Be(3, string.Join(' ', arguments));
            result.Error.Should().Contain(_place.Volume);
        }
    }

    private async Task TwoVersionsAsync()
    {
        _place.Registers("a: {table: a}");
        for (var i = 1; i <= 2; i++)
        {
            _place.Warehousing($"create or replace table a as select range as id from range({i})");
            var result = await _place.RunAsync("refresh", "vs/a");
            result.ExitCode.Should().Be(0, result.Output + result.Error);
        }
    }

    private async Task ThreeVersionsAsync()
    {
        await TwoVersionsAsync();
        var back = await _place.RunAsync("rollback", "vs/a", "--to", "1", "--reason", "load was broken");
        back.ExitCode.Should().Be(0, back.Output + back.Error);
    }
}
