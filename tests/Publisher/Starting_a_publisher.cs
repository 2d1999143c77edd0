using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Tests;

public sealed class Starting_a_publisher
{
    [Fact(Timeout = 60_000)]
    public async Task Looks_again_from_time_to_time()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        File.Delete(bench.Model.Manifest);

        await bench.UntilAsync(() => ServedFile.Problem(bench.Model) is null);

        bench.Served.Version.Should().Be(1);
    }

    [Fact(Timeout = 60_000)]
    public async Task Tells_once_what_only_a_person_can_mend_and_what_to_do()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        await bench.PublishedAsync(bench.Volume.Stage(run: 2));
        Directory.Move(bench.Model.Version(2).Directory, $"{bench.Model.Versions}.elsewhere");
        const string told = "Error: value_stream_1/model_x: readers may not see the newest version: Version 2 is "
            + "served, but it is no longer in ";

        var rounds = 0;
        await bench.UntilAsync(() => bench.Logged(told).Count > 0 && ++rounds > 20);

        bench.Logged(told).Should().ContainSingle()
            .Which.Should().EndWith("then refresh the model again, which makes a new version.");
    }

    [Fact(Timeout = 60_000)]
    public async Task Removes_a_staging_area_that_nobody_has_used_for_days()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));

        Directory.SetLastWriteTimeUtc(bench.Model.StagingArea, bench.Time.GetUtcNow().UtcDateTime.AddDays(-3));

        await bench.UntilAsync(() => !Posix.Exists(bench.Model.StagingArea));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("benchmark.csv")]
    [InlineData("benchmark.json")]
    public async Task Serves_the_highest_version_of_every_model_again(string left)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        var older = new Dictionary<string, string>
        {
            ["benchmark.csv"] = bench.Model.Version(1).Data,
            ["benchmark.json"] = bench.Model.Version(1).Manifest,
        };
        await bench.PublishedAsync(bench.Volume.Stage(run: 2));
        // As a publisher does that slept before its rename and is killed after it.
        var target = Path.Combine(bench.Model.Directory, left);
        Posix.TryLink(older[left], $"{target}.late");
        Posix.Rename($"{target}.late", target);
        ServedFile.Problem(bench.Model).Should().NotBeNull();

        await using var started = await Workbench.StartAsync(volume: bench.Volume);
        await started.LoggedAsync("Warning: value_stream_1/model_x");

        ServedFile.Problem(bench.Model).Should().BeNull();
        StagedData.WholeContent(await File.ReadAllBytesAsync(bench.Model.Benchmark)).Should().Be(2);
        bench.Served.Version.Should().Be(2);
    }
}
