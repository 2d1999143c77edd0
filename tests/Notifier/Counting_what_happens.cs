using Benchmark.Tests.Support;

namespace Benchmark.Notifier.Tests;

public sealed class Counting_what_happens : IDisposable
{
    private readonly TempVolume _volume = new();
    private readonly Events _run = new();

    [Fact]
    public async Task Counts_an_outcome_once_though_its_message_comes_to_each_of_two_notifiers()
    {
        await using var here = await NotifierHost.StartAsync(_volume);
        await using var there = await NotifierHost.StartAsync(_volume);
        using var metrics = new MetricProbe(
            instrument => instrument.Meter.Scope == here.Meters || instrument.Meter.Scope == there.Meters);
        object[] events =
            [_run.Started("a", "b", "c", "d"), _run.Published("a"), _run.Rejected("b"), _run.FetchFailed("c"),
                _run.SourceLate("d")];

        foreach (var @event in events)
        {
            await here.ConsumeAsync(@event);
            await here.ConsumeAsync(@event);
            await there.ConsumeAsync(@event);
        }

        metrics.Sums("benchmark.refresh.outcomes").Should().BeEquivalentTo(new Dictionary<string, double>
        {
            ["published publish value_stream_1 a"] = 1,
            ["rejected validate value_stream_1 b"] = 1,
            ["failed fetch value_stream_1 c"] = 1,
            ["source late fetch value_stream_1 d"] = 1,
        });
        metrics.Sums("benchmark.runs.started").Should().BeEquivalentTo(
            new Dictionary<string, double> { ["schedule"] = 1 });
        metrics.Sums("benchmark.runs.closed").Should().BeEquivalentTo(
            new Dictionary<string, double> { ["completed schedule"] = 1 });
    }

    [Fact]
    public async Task Measures_a_run_from_its_start_to_its_close()
    {
        await using var notifier = await NotifierHost.StartAsync(_volume);
        using var metrics = new MetricProbe(notifier.Meters);
        await notifier.ConsumeAsync(_run.Started("a"));
        notifier.Time.Advance(TimeSpan.FromMinutes(7));

        await notifier.ConsumeAsync(_run.Published("a"));

        metrics.Sums("benchmark.run.duration").Should().BeEquivalentTo(
            new Dictionary<string, double> { ["completed schedule"] = 420 });
    }

    [Fact]
    public async Task Counts_a_model_as_missing_and_again_when_it_ends_late()
    {
        await using var notifier = await NotifierHost.StartAsync(_volume);
        using var metrics = new MetricProbe(notifier.Meters);

        await notifier.ConsumeAsync(_run.Started("a"));
        await notifier.ConsumeAsync(_run.Close());
        await notifier.ConsumeAsync(_run.Published("a"));

        metrics.Sums("benchmark.refresh.outcomes").Should().BeEquivalentTo(new Dictionary<string, double>
        {
            ["missing fetch value_stream_1 a"] = 1,
            ["published publish value_stream_1 a"] = 1,
        });
        metrics.Sums("benchmark.runs.closed").Should().BeEquivalentTo(
            new Dictionary<string, double> { ["incomplete schedule"] = 1 });
    }

    [Fact]
    public async Task Makes_no_time_series_of_a_name_that_no_model_can_have()
    {
        await using var notifier = await NotifierHost.StartAsync(_volume);
        using var metrics = new MetricProbe(notifier.Meters);

        await notifier.ConsumeAsync(_run.FetchFailed("../../etc/passwd"));

        metrics.Sums("benchmark.refresh.outcomes").Keys.Should().Equal("failed fetch value_stream_1 unknown");
    }

    [Fact]
    public async Task Counts_each_attempt_to_deliver_a_report_by_its_result()
    {
        await using var server = SmtpServer.Start();
        server.AnswerToRecipient = _ => "451 not now";
        await using var notifier = await NotifierHost.StartAsync(
            _volume, settings: new() { ["Mail:Smtp"] = $"smtp://127.0.0.1:{server.Port}" });
        using var metrics = new MetricProbe(notifier.Meters);
        await notifier.ConsumeAsync(_run.Started("a"));
        await notifier.ConsumeAsync(_run.Published("a"));

        await notifier.Sweep.SweepNowAsync();
        notifier.Time.Advance(TimeSpan.FromSeconds(15));
        server.AnswerToRecipient = _ => "250 ok";
        await notifier.Sweep.SweepNowAsync();

        metrics.Sums("benchmark.deliveries").Should().BeEquivalentTo(
            new Dictionary<string, double> { ["mail retried"] = 1, ["mail delivered"] = 1 });
    }

    [Fact]
    public async Task Counts_a_delivery_that_is_given_up()
    {
        await using var notifier = await NotifierHost.StartAsync(
            _volume, settings: new() { ["Mail:Smtp"] = $"smtp://127.0.0.1:{FreePort.Find()}" });
        using var metrics = new MetricProbe(notifier.Meters);
        await notifier.ConsumeAsync(_run.Started("a"));
        await notifier.ConsumeAsync(_run.Published("a"));
        notifier.Time.Advance(TimeSpan.FromDays(1));

        await notifier.Sweep.SweepNowAsync();
        await notifier.Sweep.SweepNowAsync();

        metrics.Sums("benchmark.deliveries").Should().BeEquivalentTo(
            new Dictionary<string, double> { ["mail given_up"] = 1 });
    }

    public void Dispose() => _volume.Dispose();
}
