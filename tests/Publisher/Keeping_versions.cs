using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

/// <summary>The registry says that the model keeps three versions.</summary>
public sealed class Keeping_versions
{
    [Fact]
    public async Task Removes_old_ones_beyond_what_the_model_keeps()
    {
        await using var bench = await Workbench.StartAsync();

        await PublishAsync(bench, runs: 5, apart: TimeSpan.FromDays(30));

        bench.Versions.Should().Equal(3, 4, 5);
        Directory.GetFileSystemEntries(bench.Model.Versions).Should().HaveCount(3);
    }

    [Fact]
    public async Task Keeps_every_one_that_was_served_in_the_last_seven_days()
    {
        await using var bench = await Workbench.StartAsync();

        await PublishAsync(bench, runs: 10, apart: TimeSpan.FromDays(1));

        bench.Versions.Should().Equal(2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    [Fact]
    public async Task Counts_the_days_from_when_a_version_was_replaced()
    {
        await using var bench = await Workbench.StartAsync();
        await PublishAsync(bench, runs: 1, apart: TimeSpan.FromDays(60));

        await PublishAsync(bench, runs: 4, apart: TimeSpan.FromDays(1), first: 2);

        bench.Versions.Should().Equal([1, 2, 3, 4, 5], "the first was served until three days ago");
    }

    [Fact]
    public async Task Keeps_one_that_is_pinned()
    {
        await using var bench = await Workbench.StartAsync();
        await PublishAsync(bench, runs: 1, apart: TimeSpan.FromDays(30));
        File.WriteAllText($"{bench.Model.Version(1).Directory}.pinned", "validation of 2026");

        await PublishAsync(bench, runs: 5, apart: TimeSpan.FromDays(30), first: 2);

        bench.Versions.Should().Equal(1, 4, 5, 6);
    }

    [Theory]
    [InlineData(2, new[] { 2, 4, 5, 6 })]
    [InlineData(5, new[] { 4, 5, 6 })]
    [InlineData(9, new[] { 4, 5, 6 })]
    public async Task Keeps_the_one_that_drift_is_measured_from(int anchor, int[] versions)
    {
        await using var bench = await Workbench.StartAsync(anchor);

        await PublishAsync(bench, runs: 6, apart: TimeSpan.FromDays(30));

        bench.Versions.Should().Equal(versions);
    }

    [Fact]
    public async Task Keeps_all_of_a_model_that_left_the_registry()
    {
        await using var bench = await Workbench.StartAsync();

        await PublishAsync(bench, runs: 5, apart: TimeSpan.FromDays(30), model: "gone");

        PublishedVersions.All(bench.Volume.Model(StagedData.ValueStream, "gone")).Should().HaveCount(5);
    }

    [Fact]
    public async Task Does_not_take_one_from_a_reader_who_has_it_open()
    {
        await using var bench = await Workbench.StartAsync();
        await PublishAsync(bench, runs: 1, apart: TimeSpan.FromDays(30));
        using var reader = File.OpenRead(bench.Model.Benchmark);

        await PublishAsync(bench, runs: 5, apart: TimeSpan.FromDays(30), first: 2);

        var read = new MemoryStream();
        reader.CopyTo(read);
        read.ToArray().Should().Equal(StagedData.Content(1));
    }

    [Fact]
    public async Task Says_that_one_could_not_be_removed_and_not_that_it_was()
    {
        await using var bench = await Workbench.StartAsync();
        await PublishAsync(bench, runs: 1, apart: TimeSpan.FromDays(30));
        // What something is mounted on can be moved with its directory, but not be removed.
        ChildProcess.Run("chmod", ["u+w", bench.Model.Version(1).Directory]);
        using var held = new SmallVolume(Path.Combine(bench.Model.Version(1).Directory, "held"));

        await PublishAsync(bench, runs: 3, apart: TimeSpan.FromDays(30), first: 2);

        var left = DirectoryEntries.Of(bench.Model.Versions, "000001.", ".tmp").Single();
        Directory.Move(left, bench.Model.Version(1).Directory);
        await bench.LoggedAsync($"Warning: Removing {left} failed");
        bench.Logged("Removed value_stream_1").Should().BeEmpty();
    }

    [Fact]
    public async Task Leaves_one_without_a_readable_manifest_to_a_person()
    {
        await using var bench = await Workbench.StartAsync();
        await PublishAsync(bench, runs: 3, apart: TimeSpan.FromDays(30));
        File.WriteAllText(bench.Model.Version(1).Manifest, "damaged");
        File.Delete(bench.Model.Version(2).Manifest);

        await PublishAsync(bench, runs: 3, apart: TimeSpan.FromDays(30), first: 4);

        bench.Versions.Should().Equal(1, 2, 4, 5, 6);
    }

    [Fact]
    public async Task Leaves_the_mark_of_a_rejected_run_as_long_as_what_was_rejected()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        var (kept, gone) = (Mark(2), Mark(3));
        Directory.CreateDirectory(bench.Model.Rejected(StagedData.Run(2)).Directory);

        await bench.UntilAsync(() => !Directory.Exists(gone));

        Directory.Exists(kept).Should().BeTrue();

        string Mark(int run)
        {
            var mark = bench.Model.Staging(StagedData.Run(run), 1).Directory;
            Directory.CreateDirectory(mark);
            Directory.SetLastWriteTimeUtc(mark, bench.Time.GetUtcNow().UtcDateTime.AddDays(-3));
            return mark;
        }
    }

    [Fact]
    public async Task Sweeps_what_killed_publishers_left_two_days_ago_and_nothing_younger()
    {
        await using var bench = await Workbench.StartAsync();
        await PublishAsync(bench, runs: 1, apart: TimeSpan.Zero);
        string[] LeftOver(string age, DateTimeOffset written)
        {
            var building = Directory.CreateDirectory($"{bench.Model.Version(2).Directory}.{age}.tmp");
            File.WriteAllText(Path.Combine(building.FullName, "benchmark.csv"), "row,con");
            var data = Path.Combine(bench.Model.Directory, $".benchmark.csv.{age}.tmp");
            var facts = Path.Combine(bench.Model.Directory, $".benchmark.json.{age}.tmp");
            var staged = bench.Model.Staging(Guid.NewGuid(), 1);
            Directory.CreateDirectory(staged.Directory);
            File.WriteAllText(staged.Data, "row");
            Directory.SetLastWriteTimeUtc(staged.Directory, written.UtcDateTime);
            File.WriteAllText(data, "row");
            File.WriteAllText(facts, "{");
            building.LastWriteTimeUtc = written.UtcDateTime;
            File.SetLastWriteTimeUtc(data, written.UtcDateTime);
            File.SetLastWriteTimeUtc(facts, written.UtcDateTime);
            return [building.FullName, data, facts, staged.Directory];
        }
        var old = LeftOver("old", bench.Time.GetUtcNow().AddHours(-49));
        var young = LeftOver("young", bench.Time.GetUtcNow().AddHours(-47));

        await using var started = await Workbench.StartAsync(volume: bench.Volume);
        foreach (var _ in old)
            await started.LoggedAsync("Information: Removed");

        old.Should().NotContain(path => Path.Exists(path));
        young.Should().OnlyContain(path => Path.Exists(path));
    }

    private static async Task PublishAsync(
        Workbench bench, int runs, TimeSpan apart, int first = 1, string model = StagedData.Model)
    {
        foreach (var run in Enumerable.Range(first, runs))
        {
            bench.Time.Advance(apart);
            await bench.PublishedAsync(bench.Volume.Stage(run, fetchedAt: bench.Time.GetUtcNow(), model: model));
        }
    }
}
