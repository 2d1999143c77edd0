using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Tests;

public sealed class Protecting_what_is_published
{
    [Fact]
    public async Task Makes_files_and_versions_read_only()
    {
        await using var bench = await Workbench.StartAsync();

        await bench.PublishedAsync(bench.Volume.Stage(run: 1));

        var version = bench.Model.Version(1);
        new[] { bench.Model.Manifest, version.Manifest, version.Profile }
            .Should().AllSatisfy(path => Mode(path).Should().Be("444", path));
        Mode(version.Directory).Should().Be("555");
    }

    [Fact]
    public async Task Removes_read_only_versions_all_the_same()
    {
        await using var bench = await Workbench.StartAsync();

        for (var run = 1; run <= 5; run++)
        {
            bench.Time.Advance(TimeSpan.FromDays(30));
            await bench.PublishedAsync(bench.Volume.Stage(run, fetchedAt: bench.Time.GetUtcNow()));
        }

        Directory.GetFileSystemEntries(bench.Model.Versions).Should().HaveCount(3);
    }

    private static string Mode(string path) => Convert.ToString(Posix.Examine(path)!.Value.Mode, 8);
}
