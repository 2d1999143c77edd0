using Benchmark.Contracts.Volume;
using Benchmark.Contracts.Volume.Verifying;
using Benchmark.Notifier.Verifying;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Notifier.Tests;

public sealed class Verifying_in_the_background : IDisposable
{
    private const string Altered = "benchmark.model.altered_files";

    private readonly TempVolume _volume = new();

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task Tells_by_metric_and_log_what_was_altered_since_it_was_right()
    {
        var data = Publish("a");
        await using var notifier = await StartAsync("a");
        using var metrics = new MetricProbe(notifier.Meters);
        await notifier.Gauges.SampleNowAsync();
        notifier.Verification.VerifyDue(default);
        var before = metrics.Now(Altered);
        File.WriteAllText(data, File.ReadAllText(data).Replace('1', '2'));

        notifier.Time.Advance(TimeSpan.FromDays(1));
        notifier.Verification.VerifyDue(default);
        notifier.Time.Advance(TimeSpan.FromDays(1));
        notifier.Verification.VerifyDue(default);

        before[$"{Events.Stream} a"].Should().Be(0);
        metrics.Now(Altered)[$"{Events.Stream} a"].Should().Be(2, "the version's data, and what readers open");
        notifier.Log.Of(LogLevel.Error).Should().HaveCount(2, "each is told of once").And.AllSatisfy(line => line
            .Should().Contain("Its SHA-256 is").And.Contain("last seen to be right on 2026-11-01 06:00 UTC"));
    }

    [Fact]
    public async Task Reads_no_model_again_before_it_is_due()
    {
        var data = Publish("a");
        await using var notifier = await StartAsync("a");
        notifier.Verification.VerifyDue(default);
        File.WriteAllText(data, "altered");

        notifier.Time.Advance(TimeSpan.FromHours(23));
        notifier.Verification.VerifyDue(default);

        VerificationRecord.Read(_volume.Layout, Model("a"))!.Altered.Should().BeEmpty();
    }

    [Fact]
    public async Task Takes_over_what_another_process_has_found()
    {
        Publish("a");
        VerificationRecord.Write(_volume.Layout, new ModelVerification
        {
            ValueStream = Events.Stream,
            Model = "a",
            VerifiedAt = NotifierHost.Start.AddHours(-1),
            Versions = 1,
            Bytes = 1,
            Files =
            [
                new VerifiedFile
                {
                    File = "a/benchmark.csv",
                    Problem = "It is not there.",
                    WrongSince = NotifierHost.Start.AddHours(-1),
                },
            ],
        });
        await using var notifier = await StartAsync("a");
        using var metrics = new MetricProbe(notifier.Meters);
        await notifier.Gauges.SampleNowAsync();

        notifier.Verification.VerifyDue(default);

        metrics.Now(Altered)[$"{Events.Stream} a"].Should().Be(1);
        notifier.Log.Of(LogLevel.Error).Should().ContainSingle(line => line.Contains(
            "It was so already when it was first looked at, on 2026-11-01 05:00 UTC."));
    }

    [Fact]
    public async Task Tells_what_it_found_although_it_cannot_be_recorded()
    {
        var data = Publish("a");
        File.WriteAllText(data, "altered");
        // Where the directory should be.
        File.WriteAllText(Path.Combine(_volume.Layout.Bookkeeping, "verified"), "");
        await using var notifier = await StartAsync("a");
        using var metrics = new MetricProbe(notifier.Meters);
        await notifier.Gauges.SampleNowAsync();

        notifier.Verification.VerifyDue(default);
        notifier.Time.Advance(TimeSpan.FromHours(23));
        notifier.Verification.VerifyDue(default);

        metrics.Now(Altered)[$"{Events.Stream} a"].Should().Be(2);
        notifier.Log.Of(LogLevel.Error).Should().HaveCount(2);
        notifier.Log.Of(LogLevel.Warning).Should().ContainSingle("it is not looked at again before it is due")
            .Which.Should().Contain("could not be written");
    }

    [Fact]
    public async Task Tells_that_all_versions_are_gone()
    {
        Publish("a");
        await using var notifier = await StartAsync("a");
        notifier.Verification.VerifyDue(default);
        Directory.Delete(_volume.Layout.Model(Model("a")).Directory, recursive: true);

        notifier.Time.Advance(TimeSpan.FromDays(1));
        notifier.Verification.VerifyDue(default);

        notifier.Log.Of(LogLevel.Error).Should().ContainSingle().Which.Should().Contain(
            "/a/.versions: It has no version any more: they were removed. It was last seen to be right on 2026-11-01");
    }

    [Fact]
    public void Reads_no_faster_than_it_is_told()
    {
        var time = new FakeTimeProvider();
        var pace = new ReadingPace(1_000_000, time);
        pace.DueAfter(1_000_000).Should().Be(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(3));

        pace.DueAfter(4_000_000).Should().Be(TimeSpan.FromSeconds(2));
    }

    private static Contracts.ModelKey Model(string model) => new() { ValueStream = Events.Stream, Model = model };

    private string Publish(string model)
    {
        new ModelOnVolume(_volume, Models.Named(Events.Stream, model)).Publish(
            NotifierHost.Start.AddDays(-1), ["id:integer"], ["1", "11", "111"]);
        var paths = _volume.Layout.Model(Model(model));
        if (!Posix.Exists(paths.Benchmark))
            Posix.TryLink(paths.Version(1).Data, paths.Benchmark);
        return paths.Version(1).Data;
    }

    private Task<NotifierHost> StartAsync(params string[] models) => NotifierHost.StartAsync(
        _volume, new FixedRegistry([.. models.Select(model => Models.Named(Events.Stream, model))]));
}
