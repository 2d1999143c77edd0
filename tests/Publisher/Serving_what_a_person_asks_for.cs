using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

public sealed class Serving_what_a_person_asks_for
{
    [Fact]
    public async Task Rolls_back_once_however_often_the_message_comes()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishAsync(bench.Volume.Stage(run: 1));
        await bench.PublishAsync(bench.Volume.Stage(run: 2));

        await bench.AskAsync(RollBack(to: 1));
        await bench.AskAsync(RollBack(to: 1));

        bench.Versions.Should().Equal(1, 2, 3);
        bench.Announced.OfType<ModelPublished>().Skip(2).Select(told => told.Refresh).Should().HaveCount(2)
            .And.AllSatisfy(refresh => refresh.Should().BeEquivalentTo(
                new { Outcome = Outcome.Published, Version = 3, RolledBackTo = 1, Rows = (long)StagedData.Rows(1) }));
        File.ReadAllBytes(bench.Model.Benchmark).Should().Equal(StagedData.Content(1));
        bench.Served.RolledBackFrom.Should().Be(1);
    }

    [Fact]
    public async Task Keeps_the_rollback_from_data_that_was_fetched_before_it()
    {
        await using var bench = await Workbench.StartAsync();
        var before = Posix.ModifiedAt(bench.Volume.Root);
        bench.Time.SetUtcNow(before.AddHours(1));
        await bench.PublishAsync(bench.Volume.Stage(run: 1, volumeTime: before.AddHours(-2)));
        await bench.PublishAsync(bench.Volume.Stage(run: 2, volumeTime: before.AddHours(-1)));
        await bench.AskAsync(RollBack(to: 1));

        var late = await bench.PublishedAsync(bench.Volume.Stage(run: 3, volumeTime: before.AddSeconds(-1)));

        late.Refresh.Outcome.Should().Be(Outcome.Superseded);
        bench.Served.Version.Should().Be(3);
    }

    [Fact]
    public async Task Refuses_with_words_what_is_served_or_gone()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishAsync(bench.Volume.Stage(run: 1));

        await bench.AskAsync(RollBack(to: 1));
        await bench.AskAsync(RollBack(to: 4) with { RunId = StagedData.Run(10) });

        bench.Announced.OfType<ModelPublishFailed>().Select(told => told.Refresh.Reason).Should().Equal(
            "Version 1 of value_stream_1/model_x is served already.",
            "value_stream_1/model_x has no version 4 on the volume.");
        bench.Versions.Should().Equal(1);
    }

    // A hash of it would take an hour.
    [Fact(Timeout = 120_000)]
    public async Task Takes_no_longer_for_a_terabyte_than_for_a_row()
    {
        const long terabyte = 1L << 40;
        await using var bench = await Workbench.StartAsync();
        await bench.PublishAsync(bench.Volume.Stage(run: 1));
        await bench.PublishAsync(bench.Volume.Stage(run: 2));
        var old = bench.Model.Version(1);
        ChildProcess.Run("chmod", ["u+w", old.Directory, old.Data, old.Manifest]);
        using (var data = new FileStream(old.Data, FileMode.Open))
            data.SetLength(terabyte);
        VolumeJson.Write(old.Manifest, VolumeJson.Read<Manifest>(old.Manifest) with { Bytes = terabyte });

        await bench.AskAsync(RollBack(to: 1));
        // Redelivered.
        await bench.AskAsync(RollBack(to: 1));

        bench.Served.Version.Should().Be(3);
        bench.Announced.OfType<ModelPublished>().TakeLast(2).Should().OnlyContain(it => it.Refresh.Version == 3);
        Posix.Identity(bench.Model.Benchmark).Should().Be(Posix.Identity(old.Data), "it is linked, not copied");
    }

    [Fact]
    public async Task Refuses_before_it_writes_anything()
    {
        await using var bench = await Workbench.StartAsync();

        await bench.AskAsync(RollBack(to: 1));

        bench.Announced.OfType<ModelPublishFailed>().Single().Refresh.Reason
            .Should().Be("value_stream_1/model_x has no version to roll back to.");
    }

    [Fact]
    public async Task Never_serves_an_old_version_that_was_written_into()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishAsync(bench.Volume.Stage(run: 1));
        await bench.PublishAsync(bench.Volume.Stage(run: 2));
        var old = bench.Model.Version(1);
        ChildProcess.Run("chmod", ["u+w", old.Data]);
        File.WriteAllBytes(old.Data, [.. StagedData.Content(1).Select(letter => letter == '1' ? (byte)'2' : letter)]);

        await bench.AskAsync(RollBack(to: 1));

        bench.Announced.OfType<ModelPublishFailed>().Single().Refresh.Reason
            .Should().Contain("version 1 was altered");
        bench.Versions.Should().Equal(1, 2);
    }

    [Fact]
    public async Task Keeps_a_pin_that_a_person_made_by_hand()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.PublishAsync(bench.Volume.Stage(run: 1));
        var pin = bench.Model.Version(1).Pin;
        File.WriteAllText(pin, "validation of 2026");

        await bench.AskAsync(Pin(version: 1, pinned: true));
        File.ReadAllText(pin).Should().Be("validation of 2026");
        VersionPin.Of(bench.Model.Version(1)).Should().Be(new VersionPin());

        await bench.AskAsync(Pin(version: 1, pinned: false));
        File.Exists(pin).Should().BeFalse();
    }

    private static RollBackModel RollBack(int to) => new()
    {
        RunId = StagedData.Run(9),
        ValueStream = StagedData.ValueStream,
        Model = StagedData.Model,
        ToVersion = to,
        RequestedBy = "ada",
        Reason = "load was broken",
    };

    private static PinVersion Pin(int version, bool pinned) => new()
    {
        ValueStream = StagedData.ValueStream,
        Model = StagedData.Model,
        Version = version,
        Pinned = pinned,
        RequestedBy = "ada",
    };
}
