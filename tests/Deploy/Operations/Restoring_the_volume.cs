using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>What the runbook says of a volume from a backup, and of files that are copied over others.</summary>
public sealed class Restoring_the_volume(DemoPlace demo) : IClassFixture<DemoPlace>
{
    private readonly DemoCopy _place = demo.Copy();

    [Fact]
    public async Task Links_what_is_served_to_its_version_again()
    {
        var model = _place.ModelX;
        var backup = Path.Combine(_place.Directory, "backup");
        ChildProcess.Run("cp", ["--recursive", _place.Volume.Root, backup]);
        Directory.Delete(_place.Volume.Root, recursive: true);
        Directory.Move(backup, _place.Volume.Root);
        Posix.Identity(model.Benchmark).Should().NotBe(Posix.Identity(model.Version(1).Data), "links were not kept");

        var refresh = await _place.RunAsync("benchmark refresh --all");

        refresh.ExitCode.Should().Be(0, refresh.ToString());
        refresh.Output.Should().Contain("6 unchanged");
        Posix.Identity(model.Benchmark).Should().Be(Posix.Identity(model.Version(1).Data));
        Directory.GetFiles(model.Versions, "*.foreign-*.csv").Should().ContainSingle();
    }

    // GNU's --archive alone removes a file that has several names; not every cp does.
    [Theory]
    [InlineData("--recursive", false)]
    [InlineData("--archive --remove-destination", true)]
    public async Task Over_files_that_are_there_a_copy_keeps_versions_only_if_it_removes_first(
        string options, bool keeps)
    {
        var model = _place.ModelX;
        var backup = Path.Combine(_place.Directory, "backup");
        ChildProcess.Run("cp", [_place.Volume.Model("value_stream_1", "model_y").Benchmark, model.Benchmark]);
        ChildProcess.Run("cp", ["--recursive", _place.Volume.Root, backup]);
        var refresh = await _place.RunAsync("benchmark refresh value_stream_1/model_x");
        refresh.Output.Should().Contain("published version 2", "the backup has other data as version 1");
        var newest = await File.ReadAllBytesAsync(model.Version(2).Data);

        ChildProcess.Run("cp", [.. options.Split(' '), $"{backup}/.", $"{_place.Volume.Root}/"]);

        (await File.ReadAllBytesAsync(model.Version(2).Data)).AsSpan().SequenceEqual(newest).Should().Be(keeps);
    }

    [Fact]
    public async Task Refuses_a_version_that_is_half_there_until_it_is_moved_away()
    {
        File.Delete(_place.ModelX.Version(1).Manifest);
        // Not there either; with it, unchanged data needs no look at the version's documents.
        File.Delete(_place.ModelX.Manifest);

        var refused = await _place.RunAsync("benchmark refresh value_stream_1/model_x");
        Directory.Move(_place.ModelX.Version(1).Directory, Path.Combine(_place.Directory, "half"));
        var refreshed = await _place.RunAsync("benchmark refresh value_stream_1/model_x");

        refused.ExitCode.Should().Be(2);
        refused.Output.Should().Contain("is not whole").And.Contain("manifest.json");
        refreshed.ExitCode.Should().Be(0, refreshed.ToString());
    }

    [Fact(Timeout = 300_000)]
    public async Task Refreshes_and_does_not_report_a_schedule_that_starts_again()
    {
        var backup = Path.Combine(_place.Directory, "backup");
        ChildProcess.Run("cp", ["--archive", _place.Volume.Root, backup]);
        await _place.UpUntilAsync(async () => await _place.ListAsync("benchmark runs") is [var newest, ..]
            && newest.GetProperty("trigger").GetString() == "schedule"
            && newest.GetProperty("state").GetString() == "completed"
            // One that is not written yet would be written to the restored volume.
            && File.Exists(_place.Volume.Report(newest.GetProperty("run_id").GetGuid())));
        var runs = await _place.RunAsync("benchmark runs --json");
        Directory.Delete(_place.Volume.Root, recursive: true);
        Directory.Move(backup, _place.Volume.Root);
        var restored = await RefreshedAtAsync();

        await _place.UpUntilAsync(async () => (await RefreshedAtAsync()).Zip(restored).All(t => t.First > t.Second));

        (await _place.RunAsync("benchmark runs --json")).Output.Should().Be(runs.Output);
    }

    [Fact]
    public async Task A_copy_over_the_served_file_alters_its_version_and_the_next_refresh_makes_another()
    {
        var model = _place.ModelX;
        var before = await File.ReadAllBytesAsync(model.Version(1).Data);
        var other = _place.Volume.Model("value_stream_1", "model_y").Benchmark;

        ChildProcess.Run("cp", [other, model.Benchmark]);
        var altered = await File.ReadAllBytesAsync(model.Version(1).Data);
        var refresh = await _place.RunAsync("benchmark refresh value_stream_1/model_x");

        altered.Should().NotEqual(before);
        refresh.ExitCode.Should().Be(0, refresh.ToString());
        refresh.Output.Should().Contain("published version 2");
        (await File.ReadAllBytesAsync(model.Benchmark)).Should().Equal(before);
    }

    private async Task<IReadOnlyList<DateTimeOffset>> RefreshedAtAsync() =>
        [.. (await _place.ListAsync("benchmark models"))
            .Select(model => model.GetProperty("refreshed_at").GetDateTimeOffset())];
}
