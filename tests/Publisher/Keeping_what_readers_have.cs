using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Tests;

/// <summary>Rows that were, byte for byte, those of the version that readers had when they were checked.</summary>
public sealed class Keeping_what_readers_have
{
    [Fact]
    public async Task Moves_refreshed_at_and_removes_the_rows()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        var before = Posix.Identity(bench.Model.Benchmark);
        var message = bench.Volume.StageUnchanged(run: 2, content: 7);

        var announced = await bench.PublishedAsync(message);

        announced.Refresh.Should().BeEquivalentTo(
            new { Outcome = Outcome.Unchanged, Version = 1, Warnings = 1, Rows = (long)StagedData.Rows(7) });
        Posix.Identity(bench.Model.Benchmark).Should().Be(before);
        bench.Served.RefreshedAt.Should().Be(StagedData.Fetched.AddMinutes(2));
        bench.Served.RefreshedRunId.Should().Be(StagedData.Run(2));
        Directory.Exists(bench.Model.Staging(message.RunId, 1).Directory).Should().BeFalse();
    }

    [Fact]
    public async Task Announces_unchanged_again_when_the_message_comes_again()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        var message = bench.Volume.StageUnchanged(run: 2, content: 7);
        await bench.PublishedAsync(message);
        var facts = Posix.Identity(bench.Model.Manifest);

        var again = await bench.PublishedAsync(message);

        again.Refresh.Should().BeEquivalentTo(new { Outcome = Outcome.Unchanged, Version = 1 });
        Posix.Identity(bench.Model.Manifest).Should().Be(facts);
    }

    [Fact]
    public async Task Puts_the_version_back_in_the_place_of_a_foreign_file()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        File.Delete(bench.Model.Benchmark);
        File.WriteAllText(bench.Model.Benchmark, "row,content\n");

        var announced = await bench.PublishedAsync(bench.Volume.StageUnchanged(run: 2, content: 7));

        announced.Refresh.Outcome.Should().Be(Outcome.Unchanged);
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(7));
    }

    [Theory]
    [InlineData("another version is served")]
    [InlineData("the version's data is of another length")]
    [InlineData("the version's data is gone")]
    [InlineData("benchmark.json is gone")]
    public async Task Sends_them_back_to_be_examined_when_readers_do_not_have_them_any_more(string change)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        var message = bench.Volume.StageUnchanged(run: 2, content: 7);
        var served = bench.Model.Version(1).Data;
        switch (change)
        {
            case "another version is served":
                await bench.PublishedAsync(
                    bench.Volume.Stage(run: 3, fetchedAt: StagedData.Fetched.AddSeconds(90)));
                break;
            case "the version's data is of another length":
                File.AppendAllText(served, "0,0\n");
                break;
            case "the version's data is gone":
                File.Delete(served);
                break;
            default:
                File.Delete(bench.Model.Manifest);
                break;
        }
        var announced = bench.Announced.Count;

        await bench.SendAsync(message);
        await bench.ConsumedAsync();

        bench.Announced.Should().HaveCount(announced);
        bench.SentBack.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { message.RunId, message.Attempt, Unchanged = (UnchangedRows?)null, message.Unchanged!.Facts.Rows });
        var staged = bench.Model.Staging(message.RunId, 1);
        VolumeJson.Read<StagedFacts>(staged.Facts).Should().BeEquivalentTo(message.Unchanged!.Facts);
        File.ReadAllBytes(staged.Data).Should().Equal(StagedData.Content(7));
    }

    [Fact]
    public async Task Drops_them_when_data_fetched_later_is_served_by_now()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        var message = bench.Volume.StageUnchanged(run: 2, content: 7);
        await bench.PublishedAsync(bench.Volume.Stage(run: 3));

        var announced = await bench.PublishedAsync(message);

        announced.Refresh.Should().BeEquivalentTo(new { Outcome = Outcome.Superseded, Version = 2 });
        bench.SentBack.Should().BeEmpty();
        Directory.Exists(bench.Model.Staging(message.RunId, 1).Directory).Should().BeFalse();
    }

    [Fact]
    public async Task Announces_the_version_of_the_run_that_was_fetched_twice()
    {
        await using var bench = await Workbench.StartAsync();
        var first = await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));

        var again = await bench.PublishedAsync(bench.Volume.StageUnchanged(run: 1, content: 7));

        again.Refresh.Should().BeEquivalentTo(first.Refresh);
        bench.Versions.Should().Equal(1);
    }

    // It was announced as unchanged and removed; then another run made a version, and now the message comes again.
    [Fact]
    public async Task Says_nothing_where_it_can_only_say_something_else_than_before()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        var message = bench.Volume.StageUnchanged(run: 2, content: 7);
        await bench.PublishedAsync(message);
        await bench.PublishedAsync(bench.Volume.Stage(run: 3));

        await bench.SendAsync(message);
        await bench.ConsumedAsync();

        bench.Announced.Should().HaveCount(3);
        bench.SentBack.Should().BeEmpty();
    }

    [Fact]
    public async Task Tries_again_when_the_volume_has_gone_since_the_message_was_taken()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        var message = bench.Volume.Stage(run: 2);
        Directory.Move(bench.Volume.Root, $"{bench.Volume.Root}.real");
        Directory.CreateDirectory(bench.Volume.Root);

        await bench.SendAsync(message);
        await bench.LoggedAsync("Warning: R-RETRY");
        Directory.Delete(bench.Volume.Root);
        Directory.Move($"{bench.Volume.Root}.real", bench.Volume.Root);
        await bench.ConsumedAsync();

        bench.Announced.Should().HaveCount(2);
        bench.Served.Version.Should().Be(2);
    }
}
