using System.Text.Json.Nodes;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

public sealed class Refusing_to_publish
{
    [Fact]
    public async Task Data_that_was_altered_after_its_checks()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        var message = bench.Volume.Stage(run: 2);
        var staged = bench.Model.Staging(message.RunId, 1);
        var altered = File.ReadAllBytes(staged.Data);
        altered[^2] ^= 1;
        File.WriteAllBytes(staged.Data, altered);

        var announced = await bench.RefusedAsync(message);

        announced.Refresh.Reason.Should().Contain("altered after its checks");
        announced.Refresh.Hint.Should().NotBeNullOrEmpty();
        ServesOnly(bench, version: 1);
        File.Exists(staged.Data).Should().BeTrue("it is evidence");
    }

    [Fact]
    public async Task Data_that_was_cut_short_after_its_checks()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        var message = bench.Volume.Stage(run: 2);
        using (var data = File.OpenWrite(bench.Model.Staging(message.RunId, 1).Data))
            data.SetLength(12);

        var announced = await bench.RefusedAsync(message);

        announced.Refresh.Reason.Should().Contain("altered after its checks");
        ServesOnly(bench, version: 1);
    }

    [Fact]
    public async Task Data_that_its_report_does_not_accept()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        var staged = bench.Model.Staging(message.RunId, 1);
        VolumeJson.Write(staged.Report, VolumeJson.Read<ValidationReport>(staged.Report) with { Accepted = false });

        var announced = await bench.RefusedAsync(message);

        announced.Refresh.Reason.Should().Contain("does not accept");
        File.Exists(bench.Model.Benchmark).Should().BeFalse();
    }

    [Fact]
    public async Task Facts_of_another_refresh()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Volume.Stage(run: 1);
        var message = StagedData.Message(run: 2);
        Directory.Move(
            bench.Model.Staging(StagedData.Run(1), 1).Directory, bench.Model.Staging(message.RunId, 1).Directory);

        var announced = await bench.RefusedAsync(message);

        announced.Refresh.Reason.Should().Contain(StagedData.Run(1).ToString());
        bench.Versions.Should().BeEmpty();
    }

    [Fact]
    public async Task A_profile_of_other_data()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        VolumeJson.Write(bench.Model.Staging(message.RunId, 1).Profile, new Profile { Rows = 5, Columns = [] });

        var announced = await bench.RefusedAsync(message);

        announced.Refresh.Reason.Should().Contain("describes 5 rows, but the data has 11");
    }

    [Theory]
    [InlineData("staged.json")]
    [InlineData("checks.json")]
    [InlineData("profile.json")]
    public async Task Staged_documents_that_are_damaged(string file)
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        File.WriteAllText(Path.Combine(bench.Model.Staging(message.RunId, 1).Directory, file), "{");

        var announced = await bench.RefusedAsync(message);

        announced.Refresh.Reason.Should().Contain(file).And.Contain("not a valid");
    }

    [Theory]
    [InlineData("benchmark.csv")]
    [InlineData("benchmark.json")]
    public async Task When_a_directory_is_in_the_way(string name)
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        Directory.CreateDirectory(Path.Combine(bench.Model.Directory, name));

        var announced = await bench.RefusedAsync(message);

        announced.Refresh.Reason.Should().Contain(name).And.Contain("is a directory");
        bench.Versions.Should().BeEmpty("what was refused makes no version");
        Directory.Delete(Path.Combine(bench.Model.Directory, name));
        (await bench.PublishedAsync(bench.Volume.Stage(run: 2, content: 1))).Refresh.Version.Should().Be(1);
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(1));
    }

    [Fact]
    public async Task A_model_whose_directory_is_a_link_to_that_of_another()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        var link = bench.Volume.Model(StagedData.ValueStream, "model_y").Directory;
        Directory.CreateSymbolicLink(link, bench.Model.Directory);

        var announced = await bench.RefusedAsync(bench.Volume.Stage(run: 2, model: "model_y"));

        announced.Refresh.Reason.Should().Contain("model_x").And.Contain("model_y")
            .And.Contain($"{link} is a symbolic");
        bench.Versions.Should().Equal(1);
    }

    [Fact]
    public async Task A_model_whose_directory_is_a_link_to_one_in_which_nothing_is_published_yet()
    {
        await using var bench = await Workbench.StartAsync();
        Directory.CreateDirectory(bench.Model.Directory);
        var link = bench.Volume.Model(StagedData.ValueStream, "model_y").Directory;
        Directory.CreateSymbolicLink(link, bench.Model.Directory);

        var announced = await bench.RefusedAsync(bench.Volume.Stage(run: 1, model: "model_y"));
        var published = await bench.PublishedAsync(bench.Volume.Stage(run: 2));

        announced.Refresh.Reason.Should().Contain("model_x").And.Contain($"{link} is a symbolic");
        published.Refresh.Version.Should().Be(1, "the refused one has made no version");
    }

    [Fact]
    public async Task But_not_one_whose_directory_is_a_link_out_of_the_volume()
    {
        await using var bench = await Workbench.StartAsync();
        using var disk = new TempVolume();
        Directory.CreateDirectory(Path.GetDirectoryName(bench.Model.Directory)!);
        Directory.CreateSymbolicLink(bench.Model.Directory, disk.Root);

        var published = await bench.PublishedAsync(bench.Volume.Stage(run: 1));

        published.Refresh.Version.Should().Be(1);
    }

    [Theory]
    [InlineData("columns")]
    [InlineData("rows")]
    public async Task When_the_manifest_of_the_highest_version_is_damaged(string damage)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        var path = bench.Model.Version(1).Manifest;
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        json[damage] = damage == "rows" ? -11 : null;
        await File.WriteAllTextAsync(path, json.ToJsonString());

        var announced = await bench.RefusedAsync(bench.Volume.Stage(run: 2));

        announced.Refresh.Reason.Should().Contain("Version 1 is not whole").And.Contain(path);
        announced.Refresh.Hint.Should().Contain($"Move {bench.Model.Version(1).Directory}");
    }

    // A number that readers were told of is not given again: reports name it.
    [Fact]
    public async Task Gives_no_number_again_whose_version_somebody_removed()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        await bench.PublishedAsync(bench.Volume.Stage(run: 2));
        Directory.Delete(bench.Model.Version(2).Directory, recursive: true);

        var announced = await bench.PublishedAsync(bench.Volume.Stage(run: 3, content: 1));

        announced.Refresh.Should().BeEquivalentTo(new { Outcome = Outcome.Published, Version = 3 });
        bench.Versions.Should().Equal(1, 3);
    }

    [Fact]
    public async Task Takes_no_directory_of_more_than_six_digits_for_a_version()
    {
        await using var bench = await Workbench.StartAsync();
        Directory.CreateDirectory(bench.Model.Version(int.MaxValue).Directory);

        (await bench.PublishedAsync(bench.Volume.Stage(run: 1))).Refresh.Version.Should().Be(1);
    }

    [Fact]
    public async Task When_there_is_no_number_left()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        Directory.Move(bench.Model.Version(1).Directory, bench.Model.Version(999_999).Directory);
        var path = bench.Model.Version(999_999).Manifest;
        VolumeJson.Write(path, VolumeJson.Read<Manifest>(path) with { Version = 999_999 });

        var announced = await bench.RefusedAsync(bench.Volume.Stage(run: 2));

        announced.Refresh.Reason.Should().Contain("no number after version 999999");
    }

    [Fact]
    public async Task Does_not_wait_for_a_named_pipe_in_the_place_of_the_facts()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        File.Delete(bench.Model.Manifest);
        ChildProcess.Run("mkfifo", [bench.Model.Manifest]);

        await bench.PublishedAsync(bench.Volume.Stage(run: 2));

        bench.Served.Version.Should().Be(2);
    }

    [Fact]
    public async Task When_the_highest_version_is_not_one_of_ours()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        Directory.CreateDirectory(bench.Model.Version(99).Directory);

        var announced = await bench.RefusedAsync(bench.Volume.Stage(run: 2));

        announced.Refresh.Reason.Should().Contain("Version 99 is not whole");
        announced.Refresh.Hint.Should().Contain(bench.Model.Version(99).Directory);
    }

    [Fact]
    public async Task To_announce_a_version_that_was_overwritten_in_place()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);
        await bench.PublishedAsync(message);
        Overwrite(bench.Model.Benchmark);

        var announced = await bench.RefusedAsync(message);

        announced.Refresh.Reason.Should().Contain("altered in place");
    }

    [Fact]
    public async Task Does_not_last_once_the_same_data_is_refreshed_as_a_whole_version()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        Overwrite(bench.Model.Benchmark);

        var announced = await bench.PublishedAsync(bench.Volume.Stage(run: 2, content: 7));

        announced.Refresh.Should().BeEquivalentTo(new { Outcome = Outcome.Published, Version = 2 });
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(7));
    }

    // What a person's `cp other.csv benchmark.csv` does: it writes into the version, because both are one file.
    private static void Overwrite(string path)
    {
        using var file = File.OpenWrite(path);
        file.WriteByte((byte)'X');
    }

    private static void ServesOnly(Workbench bench, int version)
    {
        bench.Versions.Should().Equal(version);
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(version));
        bench.Served.Version.Should().Be(version);
        Directory.GetFileSystemEntries(bench.Model.Versions).Should().Equal(bench.Model.Version(version).Directory);
    }
}
