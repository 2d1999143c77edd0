using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Deliveries;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Tests;

public sealed class Posting_to_a_webhook : IAsyncLifetime
{
    private const string Variable = "BENCHMARK_TEST_WEBHOOK_URL";

    private WebhookServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await WebhookServer.StartAsync();
        _server.AnswerWith(202, "");
        Environment.SetEnvironmentVariable(Variable, _server.Url);
    }

    public async Task DisposeAsync()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        await _server.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Posts_the_run_as_the_command_line_shows_it_and_what_it_is_about()
    {
        await using var reported = await ReportedRun.StartAsync(
            To($"${{{Variable}}}"), ("Telemetry:Environment", "prod"), ("Pages:Url", "https://benchmark.bank.example"));

        var delivery = await reported.AttemptAsync();

        delivery.Should().BeEquivalentTo(new
        {
            Channel = "webhook",
            Team = $"${{{Variable}}}",
            State = Delivery.Sent,
            WentTo = "127.0.0.1 answered 202",
        });
        var json = _server.Posts.Should().ContainSingle().Subject.Json;
        json.EnumerateObject().Select(key => key.Name).Should().Contain(
            [
                "run_id", "state", "trigger", "started_at", "closed_at", "published", "unchanged", "rejected", "failed",
                "missing", "source_late", "superseded", "models", "subject", "environment", "url", "team", "scope",
            ]);
        json.GetProperty("run_id").GetGuid().Should().Be(reported.Run.RunId);
        json.GetProperty("environment").GetString().Should().Be("prod");
        json.GetProperty("url").GetString().Should().Be(
            $"https://benchmark.bank.example/runs/{reported.Run.RunId}");
        json.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("model").GetString())
            .Should().Equal("b", "a");
    }

    [Fact(Timeout = 60_000)]
    public async Task Brings_a_card_that_a_Teams_workflow_shows()
    {
        await using var reported = await ReportedRun.StartAsync(To(_server.Url));

        await reported.AttemptAsync();

        var json = _server.Posts.Single().Json;
        json.GetProperty("type").GetString().Should().Be("message");
        var card = json.GetProperty("attachments").EnumerateArray().Should().ContainSingle().Subject;
        card.GetProperty("contentType").GetString().Should().Be("application/vnd.microsoft.card.adaptive");
        card.GetProperty("content").GetProperty("type").GetString().Should().Be("AdaptiveCard");
        card.GetRawText().Should().Contain("value_stream_1/b").And.Contain("12 of 1000 rows above 850");
    }

    [Fact(Timeout = 60_000)]
    public async Task Signs_what_it_posts()
    {
        await using var reported = await ReportedRun.StartAsync(To(_server.Url), ("Webhook:Secret", "s3cr\u00e9t"));

        await reported.AttemptAsync();

        var post = _server.Posts.Single();
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes("s3cr\u00e9t"), post.Body);
        post.Headers["X-Benchmark-Signature"].Should().Be($"sha256={Convert.ToHexStringLower(signature)}");
        post.Headers["X-Benchmark-Timestamp"].Should().Be($"{NotifierHost.Start.ToUnixTimeSeconds()}");
        post.Json.GetProperty("sent_at").GetDateTimeOffset().Should().Be(NotifierHost.Start);
    }

    [Fact(Timeout = 60_000)]
    public async Task Is_verified_by_the_program_of_the_documentation()
    {
        await using var reported = await ReportedRun.StartAsync(To(_server.Url), ("Webhook:Secret", "key"));
        await reported.AttemptAsync();
        var (post, program) = (_server.Posts.Single(), RepositoryRoot.Read("docs/notify.md"));
        program = program.Split("```python\n")[1].Split("```")[0];
        var body = Convert.ToHexString(post.Body);

        using var python = ChildProcess.Start("python3", ["-c", $$"""
            {{program}}
            time.time = lambda: {{NotifierHost.Start.ToUnixTimeSeconds() + 60}}
            body, signature = bytes.fromhex("{{body}}"), "{{post.Headers["X-Benchmark-Signature"]}}"
            print(is_ours(body, signature, "key"), is_ours(body, signature, "other"))
            print(is_ours(body + b" ", signature, "key"))
            time.time = lambda: {{NotifierHost.Start.ToUnixTimeSeconds() + 600}}
            print(is_ours(body, signature, "key"))
            """]);
        var exitCode = await python.ExitAsync();

        exitCode.Should().Be(0, python.Error);
        python.Output.Should().Be("True False\nFalse\nFalse\n");
    }

    [Fact(Timeout = 60_000)]
    public async Task Posts_a_large_run_as_a_small_message_with_the_trouble_in_it()
    {
        await using var reported = await ReportedRun.StartAsync(
            To(_server.Url),
            run =>
            [
                .. Enumerable.Range(1, 300).Select(i => run.Published($"a_{i}")),
                .. Enumerable.Range(1, 300).Select(i => run.Rejected($"z_{i}", new string((char)('a' + i % 20), 2500))),
            ]);

        await reported.AttemptAsync();

        var (post, json) = (_server.Posts.Single(), _server.Posts.Single().Json);
        post.Body.Length.Should().BeLessThan(256_000);
        json.GetProperty("rejected").GetInt32().Should().Be(300);
        json.GetProperty("models").EnumerateArray()
            .Should().OnlyContain(model => model.GetProperty("outcome").GetString() == "rejected");
        (json.GetProperty("models").GetArrayLength() + json.GetProperty("models_omitted").GetInt32()).Should().Be(600);
        Encoding.UTF8.GetByteCount(json.GetProperty("attachments").GetRawText()).Should().BeLessThan(28_000);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(429, Delivery.Pending)]
    [InlineData(503, Delivery.Pending)]
    [InlineData(302, Delivery.Pending)]
    [InlineData(400, Delivery.Dead)]
    [InlineData(404, Delivery.Dead)]
    public async Task Tries_again_only_what_may_get_better(int status, string state)
    {
        _server.AnswerWith(status, "no");
        await using var reported = await ReportedRun.StartAsync(To(_server.Url));

        var delivery = await reported.AttemptAsync();

        delivery.Should().BeEquivalentTo(new { State = state, Attempts = 1 });
        delivery.LastError.Should().StartWith($"127.0.0.1 answered {status}: no");
    }

    [Fact(Timeout = 60_000)]
    public async Task Names_the_variable_that_is_not_set_and_never_the_address()
    {
        await using var reported = await ReportedRun.StartAsync(To("${NO_SUCH_WEBHOOK_URL}", $"{_server.Url}?key=1"));
        _server.AnswerWith(500, "down");

        await reported.Notifier.Sweep.SweepNowAsync();

        var deliveries = await reported.DeliveriesAsync();
        deliveries.Should().OnlyContain(delivery => delivery.State == Delivery.Pending);
        deliveries.Select(delivery => delivery.LastError).Should().Contain(
            "the environment variable NO_SUCH_WEBHOOK_URL is not set. Set it for the Notifier, and restart it");
        deliveries.Select(delivery => $"{delivery.Recipient} {delivery.LastError}")
            .Should().NotContain(text => text.Contains("secret") || text.Contains("key=1"));
        reported.Notifier.Log.Lines.Should().NotContain(line => line.Contains("secret") || line.Contains("key=1"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Does_not_let_one_that_hangs_hold_up_another_nor_mail_nor_slack()
    {
        await using var hanging = await WebhookServer.StartAsync();
        await using var slack = await WebhookServer.StartAsync();
        var release = new TaskCompletionSource();
        hanging.Answer = _ => release.Task;
        await using var reported = await ReportedRun.StartAsync(
            To(hanging.Url, _server.Url) with { Email = ["team@bank.example"], Slack = true },
            ("Slack:WebhookUrl", slack.Url));

        var sweep = reported.Notifier.Sweep.SweepNowAsync();
        await UntilAsync(async () => (await reported.DeliveriesAsync()).Count(d => d.State == Delivery.Sent) == 3);
        // The attempt that hangs ends after half a minute, and is retried.
        reported.Notifier.Time.Advance(TimeSpan.FromSeconds(30));
        await sweep;
        release.SetResult();

        (await reported.DeliveriesAsync()).Should().ContainSingle(delivery => delivery.State == Delivery.Pending)
            .Which.LastError.Should().Be("no answer within 30 s");
        reported.Notifier.Log.Of(LogLevel.Error).Should().BeEmpty();
    }

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await done())
            await timer.WaitForNextTickAsync();
    }

    private static NotifyTargets To(params string[] webhooks) =>
        new() { Email = [], Slack = false, Webhook = webhooks };
}
