using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Data.Stability;

namespace Benchmark.Publisher.Tests;

public sealed class Publishing_a_benchmark
{
    [Fact]
    public async Task Serves_a_first_version_with_its_facts()
    {
        await using var bench = await Workbench.StartAsync();
        var message = bench.Volume.Stage(run: 1);

        var announced = await bench.PublishedAsync(message);

        announced.Should().BeEquivalentTo(new ModelPublished
        {
            RunId = message.RunId,
            Refresh = new()
            {
                ValueStream = "value_stream_1",
                Model = "model_x",
                Outcome = Outcome.Published,
                Stage = Stage.Publish,
                Version = 1,
                Rows = StagedData.Rows(1),
                Bytes = StagedData.Content(1).Length,
                Warnings = 1,
                WorstDrift = new WorstDrift { Column = "score", Psi = 0.125, Band = Band.Shifted },
            },
        });
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(1));
        var served = bench.Served;
        served.File.Should().Be(".versions/000001/benchmark.csv");
        File.ReadAllBytes(Path.Combine(bench.Model.Directory, served.File)).Should().Equal(StagedData.Content(1));
        served.Should().BeEquivalentTo(new
        {
            Format = "benchmark/1",
            ValueStream = "value_stream_1",
            Model = "model_x",
            Version = 1,
            Rows = (long)StagedData.Rows(1),
            Bytes = (long)StagedData.Content(1).Length,
            message.RunId,
            RequestedBy = "ada",
            Reason = "monthly",
            RegistrySha256 = "r1",
            FetchedAt = StagedData.Fetched.AddMinutes(1),
            PublishedAt = bench.Time.GetUtcNow(),
            RefreshedAt = StagedData.Fetched.AddMinutes(1),
        });
        served.Columns.Should().HaveCount(2);
        served.Checks.Should().ContainSingle();
        served.Drift!.Worst!.Column.Should().Be("score");
        VolumeJson.Read<Manifest>(bench.Model.Version(1).Manifest).Should().BeEquivalentTo(
            served with { File = "benchmark.csv", ManifestSha256 = null });
        VolumeJson.Read<Profile>(bench.Model.Version(1).Profile).Rows.Should().Be(StagedData.Rows(1));
    }

    [Fact]
    public async Task Replaces_it_with_the_next_version_and_keeps_the_old_one_whole()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));

        var announced = await bench.PublishedAsync(bench.Volume.Stage(run: 2));

        announced.Refresh.Version.Should().Be(2);
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(2));
        File.ReadAllBytes(bench.Model.Version(1).Data).Should().Equal(StagedData.Content(1));
        bench.Served.Version.Should().Be(2);
    }

    [Fact]
    public async Task Leaves_the_same_file_in_place_when_the_data_is_unchanged_and_moves_refreshed_at()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        var before = Posix.Identity(bench.Model.Benchmark);

        var announced = await bench.PublishedAsync(bench.Volume.Stage(run: 2, content: 7));

        announced.Refresh.Outcome.Should().Be(Outcome.Unchanged);
        announced.Refresh.Version.Should().Be(1);
        bench.Versions.Should().Equal(1);
        Posix.Identity(bench.Model.Benchmark).Should().Be(before);
        bench.Served.RefreshedAt.Should().Be(StagedData.Fetched.AddMinutes(2));
        bench.Served.FetchedAt.Should().Be(StagedData.Fetched.AddMinutes(1));
        bench.Served.RefreshedRunId.Should().Be(StagedData.Run(2));
        VolumeJson.Read<Manifest>(bench.Model.Version(1).Manifest).RefreshedAt.Should().Be(
            StagedData.Fetched.AddMinutes(1));
    }

    [Fact]
    public async Task Never_moves_refreshed_at_backwards()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        await bench.PublishedAsync(bench.Volume.Stage(run: 9, content: 7));

        var announced = await bench.PublishedAsync(bench.Volume.Stage(run: 5, content: 7));

        announced.Refresh.Outcome.Should().Be(Outcome.Unchanged);
        bench.Served.RefreshedAt.Should().Be(StagedData.Fetched.AddMinutes(9));
    }

    [Fact]
    public async Task Drops_data_fetched_before_what_is_served()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 5));

        var announced = await bench.PublishedAsync(bench.Volume.Stage(run: 4));

        announced.Refresh.Should().BeEquivalentTo(
            new { Outcome = Outcome.Superseded, Version = 1, Rows = (long)StagedData.Rows(5) });
        bench.Versions.Should().Equal(1);
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(5));
    }

    [Fact]
    public async Task Drops_data_fetched_before_what_is_served_was_last_confirmed()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1));
        await bench.PublishedAsync(bench.Volume.Stage(run: 5, content: 1));

        var announced = await bench.PublishedAsync(bench.Volume.Stage(run: 4));

        announced.Refresh.Outcome.Should().Be(Outcome.Superseded);
        bench.Versions.Should().Equal(1);
    }

    [Theory]
    [InlineData(365 * 24 * 60)]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task Orders_fetches_by_the_clock_of_the_volume(int minutesWrong)
    {
        await using var bench = await Workbench.StartAsync();
        var (first, second) = (StagedData.Fetched, StagedData.Fetched.AddMinutes(1));
        await bench.PublishedAsync(
            bench.Volume.Stage(run: 1, fetchedAt: first.AddMinutes(minutesWrong), volumeTime: first));

        var later = await bench.PublishedAsync(bench.Volume.Stage(run: 2, fetchedAt: second, volumeTime: second));
        var earlier = await bench.PublishedAsync(
            bench.Volume.Stage(run: 3, fetchedAt: second.AddYears(1), volumeTime: first));

        later.Refresh.Outcome.Should().Be(Outcome.Published);
        earlier.Refresh.Outcome.Should().Be(Outcome.Superseded);
        bench.Served.RefreshedAt.Should().Be(second);
    }

    [Fact]
    public async Task Does_not_believe_what_is_dated_in_the_future()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, fetchedAt: bench.Time.GetUtcNow().AddYears(1)));

        var changed = await bench.PublishedAsync(bench.Volume.Stage(run: 2, fetchedAt: bench.Time.GetUtcNow()));
        await bench.PublishedAsync(bench.Volume.Stage(run: 3, content: 2, fetchedAt: bench.Time.GetUtcNow()));

        changed.Refresh.Outcome.Should().Be(Outcome.Published);
        bench.Served.RefreshedAt.Should().Be(bench.Time.GetUtcNow());
    }

    [Fact]
    public async Task Publishes_what_a_person_forces_although_data_fetched_later_is_served()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 5));

        var forced = await bench.PublishedAsync(bench.Volume.Stage(run: 4, force: true));

        forced.Refresh.Outcome.Should().Be(Outcome.Published);
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(4));
    }

    [Fact]
    public async Task Publishes_old_content_again_as_a_new_version()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishedAsync(bench.Volume.Stage(run: 1, content: 7));
        await bench.PublishedAsync(bench.Volume.Stage(run: 2, content: 8));

        var announced = await bench.PublishedAsync(bench.Volume.Stage(run: 3, content: 7));

        announced.Refresh.Should().BeEquivalentTo(new { Outcome = Outcome.Published, Version = 3 });
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(7));
    }

    [Fact]
    public async Task Serves_the_shared_dataset_under_its_own_name()
    {
        await using var bench = await Workbench.StartAsync();
        var shared = bench.Volume.Model(StagedData.ValueStream, VolumeLayout.SharedData);

        await bench.PublishedAsync(bench.Volume.Stage(run: 1, model: VolumeLayout.SharedData));

        File.ReadAllBytes(Path.Combine(bench.Volume.Root, "value_stream_1", "common", "shared_data.csv"))
            .Should().Equal(StagedData.Content(1));
        VolumeJson.Read<Manifest>(shared.Manifest).File
            .Should().Be(".versions/000001/shared_data.csv");
    }

    [Fact]
    public async Task Removes_every_attempt_of_the_run_and_nothing_of_another()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Volume.Stage(run: 1, attempt: 1);
        bench.Volume.Stage(run: 1, attempt: 2);
        bench.Volume.Stage(run: 2);

        await bench.PublishedAsync(StagedData.Message(run: 1, attempt: 2));
        var others = Directory.GetDirectories(bench.Model.StagingArea);
        await bench.PublishedAsync(StagedData.Message(run: 2));

        others.Should().Equal(bench.Model.Staging(StagedData.Run(2), 1).Directory);
        Directory.GetFileSystemEntries(bench.Model.StagingArea).Should().BeEmpty();
    }

    [Fact]
    public async Task Lets_many_models_and_many_refreshes_of_one_through_together()
    {
        await using var bench = await Workbench.StartAsync();
        foreach (var run in Enumerable.Range(1, 20))
        {
            await bench.SendAsync(bench.Volume.Stage(run));
            await bench.SendAsync(bench.Volume.Stage(run, model: $"model_{run}"));
        }

        await bench.ConsumedAsync();

        bench.Announced.Should().HaveCount(40).And.AllBeOfType<ModelPublished>();
        bench.Served.RunId.Should().Be(StagedData.Run(20));
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(20));
    }

    [Fact]
    public async Task Says_in_the_log_what_became_of_which_model_in_which_run()
    {
        await using var bench = await Workbench.StartAsync();

        await bench.PublishedAsync(bench.Volume.Stage(run: 1));

        await bench.LoggedAsync($"Information: value_stream_1/model_x of run {StagedData.Run(1)} published: "
            + $"version 1, 11 rows, {StagedData.Content(1).Length} bytes in 0 ms");
    }
}
