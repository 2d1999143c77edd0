using System.Security.Cryptography;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Tests;

public sealed class Rolling_back : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Serves_the_old_data_again_as_a_new_version_without_a_copy()
    {
        await TwoVersionsAsync();

        var result = await _place.RunAsync("rollback", "vs/a", "--to", "1", "--reason", "load was broken", "--json");

        result.ExitCode.Should().Be(0, result.Error);
        result.Json.GetProperty("trigger").GetString().Should().Be("rollback");
        result.Json.GetProperty("reason").GetString().Should().Be("load was broken");
        result.Model("a").GetProperty("outcome").GetString().Should().Be("published");
        result.Model("a").GetProperty("version").GetInt32().Should().Be(3);
        (await File.ReadAllTextAsync(_place.OnVolume("vs/a/benchmark.csv"))).Should().Be("id\n0\n1\n2\n");
        Posix.Identity(_place.OnVolume("vs/a/benchmark.csv"))
            .Should().Be(Posix.Identity(_place.OnVolume("vs/a/.versions/000001/benchmark.csv")));
        var facts = VolumeJson.Read<Manifest>(_place.OnVolume("vs/a/benchmark.json"));
        facts.Should().BeEquivalentTo(new
        {
            Version = 3,
            RolledBackFrom = 1,
            Rows = 3,
            Reason = "load was broken",
            RequestedBy = Environment.UserName,
            File = ".versions/000003/benchmark.csv",
            PreviousManifestSha256 = Sha256Of("vs/a/.versions/000002/manifest.json"),
        });
    }

    [Fact]
    public async Task Tells_the_team_and_whoever_asks_for_the_run()
    {
        await TwoVersionsAsync();

        var rollback = await _place.RunAsync("rollback", "vs/a", "--to", "1", "--reason", "load was broken");

        rollback.Output.Should().Contain("vs/a published version 3").And.Contain("rolled back to version 1");
        var run = (await _place.RunAsync("runs", "--json")).Json[0].GetProperty("run_id").GetString()!;
        var report = await _place.RunAsync("report", run);
        report.Output.Should().Contain("Benchmark vs/a: rolled back to version 1")
            .And.Contain($"Rolled back to version 1 by {Environment.UserName}: load was broken.");
        var mails = Directory.GetFiles(Path.Combine(_place.State, "outbox"), "*.eml").Select(File.ReadAllText);
        mails.Should().ContainSingle(mail => mail.Contains("rolled back to version 1"));
    }

    [Fact]
    public async Task Compares_the_next_refresh_with_what_is_served_then()
    {
        await TwoVersionsAsync();
        await _place.RunAsync("rollback", "vs/a", "--to", "1", "--reason", "load was broken");

        var refresh = await _place.RunAsync("refresh", "vs/a", "--json");

        refresh.Model("a").GetProperty("version").GetInt32().Should().Be(4);
        var facts = VolumeJson.Read<Manifest>(_place.OnVolume("vs/a/benchmark.json"));
        facts.Drift!.AgainstVersion.Should().Be(3);
        facts.RolledBackFrom.Should().BeNull();
        facts.Rows.Should().Be(5);
    }

    [Fact]
    public async Task Shows_in_a_dry_run_what_would_change_and_changes_nothing()
    {
        await TwoVersionsAsync("create or replace table a as select range::double as id, 'x' as grade from range(5)");

        var result = await _place.RunAsync("rollback", "vs/a", "--to", "1", "--dry-run");

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Contain("version 3 would have the data of version 1").And.Contain("rows: 5 now, 3 then")
            .And.Contain("columns only now: grade").And.Contain("id: number, now integer");
        VolumeJson.Read<Manifest>(_place.OnVolume("vs/a/benchmark.json")).Version.Should().Be(2);
    }

    [Theory]
    [InlineData("2", "served already")]
    [InlineData("7", "no version 7 on the volume. It has 1, 2")]
    public async Task Refuses_what_makes_no_difference_or_is_not_there(string to, string why)
    {
        await TwoVersionsAsync();

        var result = await _place.RunAsync("rollback", "vs/a", "--to", to, "--reason", "load was broken");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(why);
        VolumeJson.Read<Manifest>(_place.OnVolume("vs/a/benchmark.json")).Version.Should().Be(2);
    }

    [Fact]
    public async Task Refuses_the_data_that_is_served_under_another_number()
    {
        await TwoVersionsAsync();
        await _place.RunAsync("rollback", "vs/a", "--to", "1", "--reason", "load was broken");

        var result = await _place.RunAsync("rollback", "vs/a", "--to", "1", "--reason", "again");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("Version 3").And.Contain("same data as version 1");
    }

    [Fact]
    public async Task Takes_for_served_what_is_served_although_its_directory_was_removed()
    {
        await TwoVersionsAsync();
        await _place.RunAsync("rollback", "vs/a", "--to", "1", "--reason", "load was broken");
        _place.Remove("vs/a/.versions/000003");

        var same = await _place.RunAsync("rollback", "vs/a", "--to", "1", "--dry-run");
        var result = await _place.RunAsync("rollback", "vs/a", "--to", "2", "--dry-run");
        var done = await _place.RunAsync("rollback", "vs/a", "--to", "2", "--reason", "it was right", "--json");

        same.Error.Should().Contain("Version 3 of vs/a, which is served, has the same data as version 1");
        result.Output.Should().Contain("version 4 would have the data of version 2")
            .And.Contain("in place of version 3");
        result.Error.Should().Contain("Somebody removed version 3");
        done.Model("a").GetProperty("version").GetInt32().Should().Be(4);
    }

    [Theory]
    [InlineData("000001", "Version 1 of vs/a is not whole")]
    [InlineData("000002", "Version 2 of vs/a is not whole")]
    public async Task Says_which_manifest_is_damaged(string version, string why)
    {
        await TwoVersionsAsync();
        _place.Damage($"vs/a/.versions/{version}/manifest.json");

        var result = await _place.RunAsync("rollback", "vs/a", "--to", "1", "--reason", "load was broken");

        result.ExitCode.Should().Be(3, result.Output);
        result.Error.Should().Contain(why).And.Contain("benchmark verify vs/a");
    }

    [Fact]
    public async Task Asks_for_a_reason()
    {
        await TwoVersionsAsync();

        var result = await _place.RunAsync("rollback", "vs/a", "--to", "1");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("--reason TEXT");
    }

    [Fact]
    public async Task Never_serves_an_old_version_that_somebody_has_altered()
    {
        await TwoVersionsAsync();
        var old = _place.OnVolume("vs/a/.versions/000001/benchmark.csv");
        Workplace.MakeWritable(old);
        await File.WriteAllTextAsync(old, "id\n9\n9\n9\n");

        var result = await _place.RunAsync("rollback", "vs/a", "--to", "1", "--reason", "load was broken", "--json");

        result.ExitCode.Should().Be(2);
        result.Model("a").GetProperty("outcome").GetString().Should().Be("failed");
        result.Model("a").GetProperty("reason").GetString()
            .Should().Contain("version 1 was altered since it was published");
        VolumeJson.Read<Manifest>(_place.OnVolume("vs/a/benchmark.json")).Version.Should().Be(2);
    }

    [Fact]
    public async Task Serves_a_version_that_a_backup_restored_without_its_times()
    {
        await TwoVersionsAsync();
        var old = _place.OnVolume("vs/a/.versions/000001/benchmark.csv");
        Workplace.MakeWritable(old);
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddMinutes(1));

        var result = await _place.RunAsync("rollback", "vs/a", "--to", "1", "--reason", "load was broken");

        result.ExitCode.Should().Be(0, result.Output + result.Error);
    }

    private async Task TwoVersionsAsync(string second = "create or replace table a as select range as id from range(5)")
    {
        _place.Warehousing("create table a as select range as id from range(3)");
        _place.Registers("a: {table: a}");
        (await _place.RunAsync("refresh", "vs/a")).ExitCode.Should().Be(0);
        _place.Warehousing(second);
        var result = await _place.RunAsync("refresh", "vs/a", "--force", "--reason", "other columns");
        result.ExitCode.Should().Be(0, result.Output + result.Error);
    }

    private string Sha256Of(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_place.OnVolume(path))));
}
