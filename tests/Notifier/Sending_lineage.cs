using System.Net;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Tests;

public sealed class Sending_lineage : IDisposable
{
    private readonly TempVolume _volume = new();
    private readonly Events _run = new();

    [Fact]
    public async Task Sends_one_event_that_the_specification_accepts_for_each_model_at_its_end()
    {
        await using var server = await LineageServer.StartAsync();
        await using var notifier = await StartAsync(server);
        Publish("published");
        Publish("unchanged");
        Reject("rejected");
        object[] events =
        [
            _run.Started("published", "unchanged", "rejected", "failed", "missing"), _run.Published("published"),
            _run.Published("unchanged", Outcome.Unchanged), _run.Rejected("rejected"), _run.FetchFailed("failed"),
            _run.Close(),
        ];

        foreach (var @event in events)
        {
            await notifier.ConsumeAsync(@event);
            await notifier.ConsumeAsync(@event);
        }
        await notifier.Lineage.SendWaitingAsync();

        server.Events.Should().HaveCount(5).And.AllSatisfy(
            @event => LineageSpecification.Problems(@event).Should().BeEmpty());
        server.Events.Select(@event => $"{@event["job"]!["name"]} {@event["eventType"]}").Should().BeEquivalentTo(
            "value_stream_1/published COMPLETE", "value_stream_1/unchanged COMPLETE", "value_stream_1/rejected FAIL",
            "value_stream_1/failed FAIL", "value_stream_1/missing FAIL");
        server.Events.Select(@event => @event["run"]!["runId"]!.GetValue<string>()).Should().OnlyHaveUniqueItems();
        notifier.Log.Of(LogLevel.Warning).Should().BeEmpty();
    }

    [Fact]
    public async Task Says_what_was_read_checked_and_written()
    {
        await using var server = await LineageServer.StartAsync();
        await using var notifier = await StartAsync(server);
        Publish("a");
        await notifier.ConsumeAsync(_run.Started("a"));
        await notifier.ConsumeAsync(_run.Published("a"));
        await notifier.Lineage.SendWaitingAsync();

        var @event = server.Events.Single();
        @event["job"]!["namespace"]!.GetValue<string>().Should().Be("benchmark");
        @event["job"]!["facets"]!["ownership"]!["owners"]![0]!["name"]!.GetValue<string>().Should().Be("model-risk");
        @event["job"]!["facets"]!["benchmark_query"]!["sha256"]!.GetValue<string>().Should().Be(new string('0', 64));
        @event["run"]!["facets"]!["nominalTime"]!["nominalStartTime"]!.GetValue<string>()
            .Should().Be("2026-11-01T06:00:00.000Z");
        @event["run"]!["facets"]!["parent"]!["run"]!["runId"]!.GetValue<Guid>().Should().Be(_run.RunId);
        var input = @event["inputs"]!.AsArray().Single()!;
        $"{input["namespace"]} {input["name"]}".Should().Be("duckdb://demo value_stream_1.a");
        var assertion = input["inputFacets"]!["dataQualityAssertions"]!["assertions"]!.AsArray().Single()!;
        assertion["assertion"]!.GetValue<string>().Should().Be("rows");
        assertion["success"]!.GetValue<bool>().Should().BeTrue();
        var output = @event["outputs"]!.AsArray().Single()!;
        output["name"]!.GetValue<string>().Should().Be(_volume.Layout.Model(Events.Stream, "a").Benchmark);
        output["facets"]!["version"]!["datasetVersion"]!.GetValue<string>().Should().Be("7");
        output["outputFacets"]!["outputStatistics"]!["rowCount"]!.GetValue<long>().Should().Be(1000);
        output["outputFacets"]!["outputStatistics"]!["size"]!.GetValue<long>().Should().Be(20_000);
    }

    [Fact]
    public async Task Says_why_a_model_was_rejected()
    {
        await using var server = await LineageServer.StartAsync();
        await using var notifier = await StartAsync(server);
        Reject("a");
        await notifier.ConsumeAsync(_run.Started("a"));
        await notifier.ConsumeAsync(_run.Rejected("a", "too few rows"));
        await notifier.Lineage.SendWaitingAsync();

        var @event = server.Events.Single();
        @event["run"]!["facets"]!["errorMessage"]!["message"]!.GetValue<string>().Should().Be("too few rows");
        @event["outputs"]!.AsArray().Should().BeEmpty("what is served was not touched");
        @event["inputs"]![0]!["inputFacets"]!["dataQualityAssertions"]!["assertions"]![0]!["success"]!
            .GetValue<bool>().Should().BeFalse();
    }

    [Theory]
    [InlineData("eventTime", "yesterday")]
    [InlineData("run", null)]
    [InlineData("eventType", "DONE")]
    [InlineData("version", null)]
    public async Task Would_notice_what_the_specification_does_not_allow(string changed, string? value)
    {
        await using var server = await LineageServer.StartAsync();
        await using var notifier = await StartAsync(server);
        await notifier.ConsumeAsync(_run.Published("a"));
        await notifier.Lineage.SendWaitingAsync();
        var @event = server.Events.Single();

        if (changed == "version")
            @event["outputs"]![0]!["facets"]!["version"]!.AsObject().Remove("datasetVersion");
        else
            @event[changed] = value;

        LineageSpecification.Problems(@event).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Shows_its_token_to_the_server_and_to_nobody_else()
    {
        await using var server = await LineageServer.StartAsync();
        server.Answer = HttpStatusCode.Forbidden;
        await using var notifier = await StartAsync(
            server, ("OpenLineage:Url", $"{server.Url}/api/v1/lineage?key=s3cret"), ("OpenLineage:ApiKey", "t0ken\n"));
        await notifier.ConsumeAsync(_run.Published("a"));

        await notifier.Lineage.SendWaitingAsync();

        server.Authorizations.Should().Equal(["Bearer t0ken"], "the same would be refused again");
        notifier.Log.Of(LogLevel.Warning).Should().Contain(
            line => line.Contains($"to {server.Url} (OPENLINEAGE_URL);", StringComparison.Ordinal)
                && line.EndsWith(": it answered 403 Forbidden", StringComparison.Ordinal));
        notifier.Log.Lines.Should().NotContain(line => line.Contains("s3cret", StringComparison.Ordinal)
            || line.Contains("t0ken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tries_again_says_once_that_it_gave_up_and_goes_on_when_the_server_is_back()
    {
        await using var server = await LineageServer.StartAsync();
        server.Answer = HttpStatusCode.ServiceUnavailable;
        await using var notifier = await StartAsync(server);
        using var metrics = new MetricProbe(notifier.Meters);
        await notifier.ConsumeAsync(_run.Started("a", "b", "c"));
        await notifier.ConsumeAsync(_run.FetchFailed("a"));
        await notifier.ConsumeAsync(_run.FetchFailed("b"));

        await SendAsync(notifier);
        var whileAway = server.Events.Count;
        server.Answer = HttpStatusCode.OK;
        await notifier.ConsumeAsync(_run.FetchFailed("c"));
        await SendAsync(notifier);

        whileAway.Should().Be(4, "the first is tried three times, the second once");
        server.Events.Should().HaveCount(5);
        metrics.Sums("benchmark.lineage.events").Should().BeEquivalentTo(
            new Dictionary<string, double> { ["given_up"] = 2, ["sent"] = 1 });
        notifier.Log.Of(LogLevel.Warning).Where(line => line.Contains("lineage", StringComparison.Ordinal))
            .Should().ContainSingle().Which.Should().Contain("value_stream_1/a").And.Contain("503");
    }

    [Fact]
    public async Task Holds_up_no_run_when_the_server_never_answers()
    {
        await using var server = await LineageServer.StartAsync();
        server.Hangs = true;
        await using var notifier = await StartAsync(server, ("OpenLineage:Timeout", "00:00:01"));
        await notifier.ConsumeAsync(_run.Started("a", "b"));
        await notifier.ConsumeAsync(_run.FetchFailed("a"));

        var sending = SendAsync(notifier);
        await notifier.ConsumeAsync(_run.FetchFailed("b"));
        var run = await notifier.Runs.FindAsync(_run.RunId);
        await sending;

        run!.State.Should().Be(RunState.Completed);
        notifier.Log.Of(LogLevel.Warning).Should().ContainSingle(
            line => line.Contains("did not answer within 00:00:01", StringComparison.Ordinal));
    }

    public void Dispose() => _volume.Dispose();

    private async Task<NotifierHost> StartAsync(
        LineageServer server, params (string Key, string Value)[] settings) =>
        await NotifierHost.StartAsync(
            _volume,
            new FixedRegistry(new ModelRegistry(
                [.. new[] { "a", "b", "c", "published", "unchanged", "rejected", "failed", "missing" }.Select(Model)],
                [new SourceDefinition { Name = "demo", Kind = "duckdb", Connection = "Data Source=:memory:" }],
                new NotifyTargets { Email = ["team@bank.example"], Slack = false })),
            settings: settings.Append(("OpenLineage:Url", server.Url)).DistinctBy(setting => setting.Item1)
                .ToDictionary(setting => setting.Item1, string? (setting) => setting.Item2));

    private static ModelDefinition Model(string name) =>
        Models.Named(Events.Stream, name) with { Owner = "model-risk" };

    // The clock is the test's: it moves until what waits for the next attempt is done.
    private static async Task SendAsync(NotifierHost notifier)
    {
        var sending = notifier.Lineage.SendWaitingAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!sending.IsCompleted)
        {
            notifier.Time.Advance(TimeSpan.FromSeconds(1));
            await timer.WaitForNextTickAsync();
        }
        await sending;
    }

    private void Publish(string model)
    {
        var version = _volume.Layout.Model(Events.Stream, model).Version(7);
        Directory.CreateDirectory(version.Directory);
        VolumeJson.Write(version.Manifest, Manifests.Of(Events.Stream, model, NotifierHost.Start, worst: null) with
        {
            Columns = [new ColumnFacts { Name = "score", Type = ColumnType.Integer, Nulls = 0 }],
            Checks = [Rows(CheckStatus.Pass)],
        });
    }

    private void Reject(string model)
    {
        var rejected = _volume.Layout.Model(Events.Stream, model).Rejected(_run.RunId);
        Directory.CreateDirectory(rejected.Directory);
        VolumeJson.Write(rejected.Facts, Manifests.Staged(Events.Stream, model, _run.RunId));
        VolumeJson.Write(rejected.Report, new ValidationReport
        {
            Accepted = false,
            Checks = [Rows(CheckStatus.Fail)],
            CheckedAt = NotifierHost.Start,
        });
    }

    private static CheckResult Rows(CheckStatus status) =>
        new() { Check = CheckName.Rows, Status = status, Observed = 1000, Limit = "at least 1", Message = "1000 rows" };
}
