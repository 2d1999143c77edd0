using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Tests;

public sealed class Replacing_a_file_that_was_never_ours
{
    [Fact]
    public async Task Keeps_the_benchmark_from_before_the_first_version()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        File.WriteAllText(bench.Model.Benchmark, "old,file\n");

        await bench.PublishedAsync(message);

        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(1));
        var kept = Directory.GetFiles(bench.Model.Versions).Should().ContainSingle().Subject;
        Path.GetFileName(kept).Should().StartWith("000000.foreign-").And.EndWith(".csv");
        File.ReadAllText(kept).Should().Be("old,file\n");
        bench.Versions.Should().Equal(1);
    }

    [Fact]
    public async Task Keeps_each_file_that_was_moved_over_ours()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        await bench.PublishedAsync(message);

        foreach (var text in new[] { "one", "two" })
        {
            File.WriteAllText(bench.Model.Benchmark + ".new", text);
            File.Move(bench.Model.Benchmark + ".new", bench.Model.Benchmark, overwrite: true);
            await bench.PublishedAsync(message);
        }

        Directory.GetFiles(bench.Model.Versions).Select(File.ReadAllText).Should().BeEquivalentTo("one", "two");
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(1));
    }

    [Fact]
    public async Task Puts_a_regular_file_in_place_of_a_symbolic_link_even_to_the_right_version()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        await bench.PublishedAsync(message);
        File.Delete(bench.Model.Benchmark);
        File.CreateSymbolicLink(bench.Model.Benchmark, bench.Model.Version(1).Data);

        await bench.PublishedAsync(message);

        new FileInfo(bench.Model.Benchmark).LinkTarget.Should().BeNull();
        Posix.Identity(bench.Model.Benchmark).Should().Be(Posix.Identity(bench.Model.Version(1).Data));
    }

    [Fact]
    public async Task Rewrites_facts_that_cannot_be_read()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        File.WriteAllText(bench.Model.Manifest, "{ \"version\": ");

        await bench.PublishedAsync(message);
        File.WriteAllText(bench.Model.Manifest, "not ours");
        await bench.PublishedAsync(message);

        bench.Served.Version.Should().Be(1);
    }
}
