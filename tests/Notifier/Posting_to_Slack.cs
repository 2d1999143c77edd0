using System.Text.Json;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Pages;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;
using CsCheck;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Tests;

public sealed class Posting_to_Slack : IAsyncLifetime
{
    private static readonly NotifyTargets s_slack = new() { Email = [], Slack = true };

    private WebhookServer _slack = null!;

    public async Task InitializeAsync() => _slack = await WebhookServer.StartAsync();

    public async Task DisposeAsync() => await _slack.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Says_what_came_of_the_run_and_where_the_rest_is()
    {
        await using var reported = await StartAsync(
            s_slack, ("Telemetry:Environment", "prod"), ("Pages:Url", "https://benchmark.bank.example/"));

        var delivery = await reported.AttemptAsync();

        delivery.Should().BeEquivalentTo(new { Channel = "slack", State = Delivery.Sent, WentTo = "Slack webhook" });
        var blocks = Texts(_slack.Posts.Should().ContainSingle().Subject);
        blocks[0].Should().Contain("1 published").And.Contain("1 rejected");
        blocks[1].Should().Be("*1* published   *1* rejected");
        blocks[2].Should().Contain("value_stream_1/b").And.Contain("12 of 1000 rows above 850");
        blocks[^1].Should().Be(
            $"prod · <https://benchmark.bank.example/runs/{reported.Run.RunId}|The run in full>");
    }

    [Fact(Timeout = 60_000)]
    public async Task Names_a_command_where_there_is_no_page()
    {
        await using var reported = await StartAsync(s_slack);

        await reported.AttemptAsync();

        Texts(_slack.Posts.Single())[^1].Should().Be($"`benchmark runs {reported.Run.RunId}`");
    }

    [Fact(Timeout = 60_000)]
    public async Task Groups_the_failures_by_cause()
    {
        await using var reported = await ReportedRun.StartAsync(
            s_slack,
            run => [.. Enumerable.Range(1, 35).Select(i => run.Rejected($"model_{i}")), run.FetchFailed("other")],
            Settings());

        await reported.AttemptAsync();

        Texts(_slack.Posts.Single()).Should().ContainSingle(text => text.StartsWith("*35 rejected*"))
            .Which.Should().Contain("value_stream_1/model_1, ").And.EndWith(" and 25 more");
    }

    [Fact]
    public void Stays_within_the_limits_of_slack_whatever_the_run()
    {
        var message = new SlackMessage(
            new PageLinks(Options.Create(new PagesOptions())), new ConfigurationBuilder().Build());

        Runs().ForAll(run =>
        {
            var facts = new ReportFacts(run, new Dictionary<ModelKey, ModelFacts>());

            var json = JsonSerializer.SerializeToElement(message.Of(facts.Subject, facts));

            SlackLimits.Refusal(json).Should().BeNull();
            Texts(json)[^1].Should().Contain(run.RunId.ToString());
        }, cases: 50);
    }

    [Fact(Timeout = 60_000)]
    public async Task Does_not_let_a_name_ring_everybody()
    {
        await using var reported = await ReportedRun.StartAsync(
            s_slack, run => [run.FetchFailed("<!channel>")], Settings());

        await reported.AttemptAsync();

        var texts = Texts(_slack.Posts.Single());
        texts.Skip(1).Should().NotContain(text => text.Contains("<!channel>"));
        texts.Should().Contain(text => text.Contains("&lt;!channel&gt;"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Keeps_a_name_with_a_line_break_on_its_line()
    {
        await using var reported = await ReportedRun.StartAsync(
            s_slack, run => [run.FetchFailed("a\nb\u001b[31m")], Settings());

        await reported.AttemptAsync();

        var texts = Texts(_slack.Posts.Single());
        texts.Should().Contain(text => text.Contains(@"a\nb\u001b[31m"))
            .And.NotContain(text => text.Contains('\u001b'));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("120", 120)]
    [InlineData("1", 15)]
    [InlineData("86400", 3600)]
    [InlineData("Sun, 01 Nov 2026 06:10:00 GMT", 600)]
    public async Task Waits_as_long_as_slack_asks_and_no_longer_than_an_hour(string retryAfter, int seconds)
    {
        _slack.AnswerWith(429, "rate_limited", ("Retry-After", retryAfter));
        await using var reported = await StartAsync(s_slack);

        var delivery = await reported.AttemptAsync();
        _slack.Answer = null;
        reported.Notifier.Time.Advance(TimeSpan.FromSeconds(seconds));
        var again = await reported.AttemptAsync();

        delivery.Should().BeEquivalentTo(new
        {
            State = Delivery.Pending,
            NextAttemptAt = NotifierHost.Start.AddSeconds(seconds),
            LastError = "Slack answered 429: rate_limited",
        });
        again.Should().BeEquivalentTo(new { State = Delivery.Sent, Attempts = 1 });
    }

    [Theory(Timeout = 60_000)]
    [InlineData(403, "action_prohibited", "Renew SLACK_WEBHOOK_URL")]
    [InlineData(404, "no_service", "Renew SLACK_WEBHOOK_URL")]
    [InlineData(410, "channel_is_archived", "Renew SLACK_WEBHOOK_URL")]
    [InlineData(400, "invalid_blocks", "Slack answered 400: invalid_blocks")]
    public async Task Gives_up_at_once_what_will_not_get_better_and_says_so(int status, string body, string told)
    {
        _slack.AnswerWith(status, body);
        await using var reported = await StartAsync(s_slack);

        var delivery = await reported.AttemptAsync();

        delivery.Should().BeEquivalentTo(new { State = Delivery.Dead, Attempts = 1 });
        delivery.LastError.Should().StartWith($"Slack answered {status}: {body}").And.Contain(told);
        reported.Notifier.Log.Of(LogLevel.Error).Should().ContainSingle(line => line.Contains("is given up"));
        reported.Notifier.Log.Lines.Should().NotContain(line => line.Contains("secret"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_only_slacks_own_ok_for_a_delivery()
    {
        _slack.AnswerWith(200, $"<html>Log in to the proxy{new string('!', 5000)}</html>");
        await using var reported = await StartAsync(s_slack);

        var delivery = await reported.AttemptAsync();

        delivery.State.Should().Be(Delivery.Pending);
        delivery.LastError.Should().StartWith("Slack answered 200: <html>Log in to the proxy!!!")
            .And.Contain("answers in its place");
        delivery.LastError!.Length.Should().BeLessThan(400);
    }

    [Fact(Timeout = 60_000)]
    public async Task Follows_no_redirect()
    {
        await using var elsewhere = await WebhookServer.StartAsync();
        _slack.AnswerWith(307, "", ("Location", elsewhere.Url));
        await using var reported = await StartAsync(s_slack);

        var delivery = await reported.AttemptAsync();

        delivery.Should().BeEquivalentTo(new { State = Delivery.Pending });
        delivery.LastError.Should().Contain("Slack answered 307. Redirects are not followed");
        elsewhere.Posts.Should().BeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task Tries_again_when_nobody_answers_without_telling_the_address()
    {
        var url = $"http://127.0.0.1:{FreePort.Find()}/services/T0/B0/secret";
        await using var reported = await ReportedRun.StartAsync(s_slack, ("Slack:WebhookUrl", url));

        var delivery = await reported.AttemptAsync();

        delivery.State.Should().Be(Delivery.Pending);
        delivery.LastError.Should().StartWith("cannot be reached: ").And.NotContain("secret");
        reported.Notifier.Log.Lines.Should().NotContain(line => line.Contains("secret"));
    }

    private Task<ReportedRun> StartAsync(NotifyTargets notify, params (string Key, string? Value)[] more) =>
        ReportedRun.StartAsync(notify, [.. Settings(), .. more]);

    private (string Key, string? Value)[] Settings() => [("Slack:WebhookUrl", _slack.Url)];

    private static List<string> Texts(Post post) => Texts(post.Json);

    private static List<string> Texts(JsonElement message) =>
        [.. message.GetProperty("blocks").EnumerateArray()
            .Select(block => block.GetProperty("text").GetProperty("text").GetString()!)];

    // Runs of up to 600 models with reasons and names of any letters, among them those that Slack escapes.
    private static Gen<RunSummary> Runs()
    {
        var text = Gen.String[Gen.OneOf(Gen.Char["&<>*_`\n é/"], Gen.Char.AlphaNumeric), 0, 3000];
        var name = Gen.String[Gen.Char["&<>abc_"], 1, 200];
        var model = Gen.Select(name, text, Gen.Int[0, 5].Select(i => Enum.GetValues<Outcome>()[i]), Gen.Double[0, 3],
            (model, reason, outcome, psi) => new RefreshOutcome
            {
                ValueStream = Events.Stream,
                Model = model,
                Stage = Stage.Fetch,
                Outcome = outcome,
                Reason = reason,
                WorstDrift = new WorstDrift { Column = reason, Psi = psi, Band = psi > 1 ? Band.Moved : Band.Stable },
            });
        return Gen.Select(model.Array[0, 600], Gen.Guid, (models, id) => new RunSummary
        {
            RunId = id,
            State = RunState.Completed,
            StartedAt = NotifierHost.Start,
            Models = [.. models.DistinctBy(model => model.Name)],
        });
    }
}
