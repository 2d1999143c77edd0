using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Tests;

/// <summary>What a kill between two steps leaves is put there by hand, then the message comes again.</summary>
public sealed class Publishing_again_after_a_crash
{
    [Fact]
    public async Task Announces_the_same_version_again_though_nothing_is_staged_any_more()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        var first = await bench.PublishedAsync(message);
        var before = Posix.Identity(bench.Model.Benchmark);

        var again = await bench.PublishedAsync(message);

        again.Should().BeEquivalentTo(first);
        bench.Versions.Should().Equal(1);
        Posix.Identity(bench.Model.Benchmark).Should().Be(before);
    }

    [Fact]
    public async Task Announces_unchanged_again_though_nothing_is_staged_any_more()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        var message = bench.Volume.Stage(run: 2, content: 7);
        await bench.PublishedAsync(message);
        var facts = Posix.Identity(bench.Model.Manifest);

        var again = await bench.PublishedAsync(message);

        again.Refresh.Should().BeEquivalentTo(new { Outcome = Outcome.Unchanged, Version = 1 });
        Posix.Identity(bench.Model.Manifest).Should().Be(facts);
    }

    // Announced as unchanged by a publisher that has removed what was staged; then another run made a version, and now
    // the message comes again.
    [Fact]
    public async Task Says_nothing_where_it_can_only_say_something_else_than_before()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        var message = bench.Volume.Stage(run: 2, content: 7);
        await bench.PublishedAsync(message);
        await bench.PublishedAsync(bench.Volume.Stage(run: 3));

        await bench.SendAsync(message);
        await bench.ConsumedAsync();

        bench.Announced.Should().HaveCount(3);
        await bench.LoggedAsync($"Warning: value_stream_1/model_x of run {message.RunId}: nothing is staged");
    }

    [Fact]
    public async Task Serves_a_first_version_that_was_claimed_and_no_more()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        await bench.PublishedAsync(message);
        File.Delete(bench.Model.Benchmark);
        File.Delete(bench.Model.Manifest);

        var again = await bench.PublishedAsync(message);

        again.Refresh.Should().BeEquivalentTo(new { Outcome = Outcome.Published, Version = 1 });
        Posix.Identity(bench.Model.Benchmark).Should().Be(Posix.Identity(bench.Model.Version(1).Data));
        bench.Served.Version.Should().Be(1);
    }

    [Fact]
    public async Task Serves_a_later_version_that_was_claimed_and_no_more()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        var message = bench.Volume.Stage(run: 2);
        var facts = File.ReadAllBytes(bench.Model.Manifest);
        await bench.PublishedAsync(message);
        Posix.TryUnlink(bench.Model.Benchmark);
        Posix.TryLink(bench.Model.Version(1).Data, bench.Model.Benchmark);
        File.WriteAllBytes(bench.Model.Manifest, facts);

        await bench.PublishedAsync(message);

        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(2));
        bench.Served.Version.Should().Be(2);
        Directory.GetFiles(bench.Model.Versions).Should().BeEmpty("the file that was replaced is version 1");
    }

    [Fact]
    public async Task Writes_the_facts_of_a_file_that_was_swapped_in_without_them()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        await bench.PublishedAsync(message);
        File.Delete(bench.Model.Manifest);
        var before = Posix.Identity(bench.Model.Benchmark);

        await bench.PublishedAsync(message);

        bench.Served.Version.Should().Be(1);
        Posix.Identity(bench.Model.Benchmark).Should().Be(before);
    }

    [Fact]
    public async Task Is_not_stopped_by_what_a_killed_publisher_left()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        var building = $"{bench.Model.Version(2).Directory}.{StagedData.Run(2)}-1.tmp";
        Directory.CreateDirectory(building);
        File.WriteAllText(Path.Combine(building, "benchmark.csv"), "row,con");
        var name = Path.Combine(bench.Model.Directory, ".benchmark.csv.1.tmp");
        Posix.TryLink(bench.Model.Version(1).Data, name);

        var announced = await bench.PublishedAsync(bench.Volume.Stage(run: 2));

        announced.Refresh.Version.Should().Be(2);
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(2));
    }

    [Fact]
    public async Task Goes_on_by_itself_when_the_volume_can_be_written_again()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        File.WriteAllText(bench.Model.Versions, "in the way");

        await bench.SendAsync(message);
        await bench.LoggedAsync("Warning: R-RETRY");
        File.Delete(bench.Model.Versions);
        await bench.ConsumedAsync();

        bench.Announced.Should().ContainSingle().Which.Should().BeOfType<ModelPublished>();
        bench.Served.Version.Should().Be(1);
    }
}
