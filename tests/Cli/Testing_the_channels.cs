using System.Text.Json;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

public sealed class Testing_the_channels : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Sends_a_sample_through_a_private_authority_and_a_proxy_and_says_what_each_answered()
    {
        using var authority = new Authority();
        using var certificate = authority.Certificate();
        await using var mail = SmtpServer.StartWithStartTls(certificate);
        await using var slack = await HttpsWebhook.StartAsync(certificate);
        await using var proxy = ForwardProxy.Start(slack.Port);
        _place.Registers(
            "a: {table: a, notify: {slack: true, webhook: \"${TEAMS_URL}\", "
            + "failures: {email: [on-call@bank.example]}}}");

        using var test = _place.Start(
            new Dictionary<string, string>
            {
                ["SSL_CERT_FILE"] = authority.Root,
                ["SMTP_URI"] = $"smtp://us%40er:p%3Aw@localhost:{mail.Port}?starttls=required",
                ["SLACK_WEBHOOK_URL"] = $"https://localhost:{slack.Port}/services/secret",
                ["TEAMS_URL"] = $"http://teams.bank.example:{slack.Port}/hook/secret",
                ["WEBHOOK_SECRET"] = "key",
                ["BENCHMARK_ENVIRONMENT"] = "staging",
                ["HTTPS_PROXY"] = proxy.Url,
                ["HTTP_PROXY"] = proxy.Url,
            },
            "notify", "test", "--json");
        var exitCode = await test.ExitAsync();

        // The webhook behind the plain proxy answers what the proxy does.
        exitCode.Should().Be(2, test.Output + test.Error);
        var answers = JsonSerializer.Deserialize<JsonElement>(test.Output).EnumerateArray()
            .ToDictionary(
                answer => $"{answer.GetProperty("channel")} {answer.GetProperty("recipient")}",
                answer => $"{answer.GetProperty("delivered")} {answer.GetProperty("answer")}");
        answers.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["mail on-call@bank.example"] = "True localhost: on-call@bank.example",
            ["mail team@bank.example"] = "True localhost: team@bank.example",
            ["slack slack"] = "True Slack webhook",
            ["webhook ${TEAMS_URL}"] = "False teams.bank.example answered 502: no such host",
        });
        mail.Logins.Should().Equal("us@er:p:w", "us@er:p:w");
        mail.Mails.Select(sent => sent.Subject).Should().OnlyContain(subject => subject.StartsWith("Test: [staging] "));
        slack.Posts.Should().ContainSingle().Which.Should().Contain("sample_stream/rejected");
        proxy.Requests.Should().BeEquivalentTo(
            $"CONNECT localhost:{slack.Port}", $"POST http://teams.bank.example:{slack.Port}/hook/secret");
    }

    [Fact(Timeout = 60_000)]
    public async Task Mails_to_one_address_alone_when_told_so()
    {
        _place.Registers("a: {table: a, notify: {webhook: \"http://127.0.0.1:1/\"}}");

        var result = await _place.RunAsync("notify", "test", "--to", "me@bank.example");

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().StartWith("ok\tmail\tme@bank.example\t").And.EndWith(".eml\n");
        Directory.GetFiles(Path.Combine(_place.State, "outbox")).Should().ContainSingle();
    }

    [Fact(Timeout = 60_000)]
    public async Task Ends_with_3_when_no_channel_can_be_reached()
    {
        _place.Registers($"a: {{table: a, notify: {{webhook: \"http://127.0.0.1:{FreePort.Find()}/secret\"}}}}");

        var result = await _place.RunAsync("notify", "test", "--channel", "webhook");

        result.ExitCode.Should().Be(3);
        result.Output.Should().StartWith("failed\twebhook\thttp://127.0.0.1:").And.Contain("cannot be reached")
            .And.NotContain("secret");
    }

    [Theory(Timeout = 60_000)]
    [InlineData("--channel slack", "The registry names nobody to tell by slack.")]
    [InlineData("--channel pigeon", "pigeon")]
    [InlineData("--to nobody", "--to takes a mail address")]
    [InlineData("--to me@bank.example --channel slack", "--to is a mail address")]
    public async Task Refuses_what_cannot_be_tested(string options, string why)
    {
        _place.Registers("a: {table: a}");

        var result = await _place.RunAsync(["notify", "test", .. options.Split(' ')]);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(why);
    }

    [Fact(Timeout = 60_000)]
    public async Task Checks_that_somebody_can_be_told()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers(
            "a: {table: a}",
            "b: {table: a, notify: {email: [], slack: true}}",
            "c: {table: a, notify: {email: [], webhook: \"${NO_SUCH_WEBHOOK_URL}\"}}");

        var result = await _place.RunAsync("check", "--json");

        result.ExitCode.Should().Be(1);
        result.Json.GetProperty("warnings").EnumerateArray().Select(warning => $"{warning.GetProperty("problem")}")
            .Should().Equal("nobody is told of vs/b.");
        result.Json.GetProperty("problems").EnumerateArray().Select(problem => $"{problem.GetProperty("problem")}")
            .Should().Equal("environment variable NO_SUCH_WEBHOOK_URL is not set; a webhook of vs/c needs it.");
    }

    [Fact(Timeout = 120_000)]
    public async Task Shows_what_has_become_of_each_report_of_a_run()
    {
        _place.Warehousing("create table a as select range as id from range(100)");
        _place.Registers($"a: {{table: a, notify: {{webhook: \"http://127.0.0.1:{FreePort.Find()}/secret\"}}}}");

        var refresh = await _place.RunAsync("refresh", "--all", "--json");
        var run = refresh.Json.GetProperty("run_id").GetString()!;
        var shown = await _place.RunAsync("runs", run);

        refresh.Json.GetProperty("deliveries").EnumerateArray()
            .Select(delivery => $"{delivery.GetProperty("channel")} {delivery.GetProperty("state")} "
                + $"{delivery.GetProperty("attempts")}")
            .Should().Equal("file sent 0", "mail sent 0", "webhook pending 1");
        shown.Output.Should().MatchRegex("report to http://127.0.0.1:[0-9]+ is retried later, at .*, after 1 attempt: "
            + "cannot be reached").And.NotContain("secret");
        shown.Output.Should().MatchRegex("report to file: .*reports/.*html");
        File.Exists(_place.OnVolume($".benchmark/reports/{run}.html")).Should().BeTrue();
    }
}
