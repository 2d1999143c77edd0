using System.Text.Json;
using System.Text.Json.Nodes;
using Benchmark.Tests.Support;
using DuckDB.NET.Data;

namespace Benchmark.EndToEnd.Tests;

/// <summary>What a person does in the RabbitMQ dashboard: pastes a request into <em>Publish message</em>.</summary>
[NeedsRabbitMq]
[Collection(nameof(Broker))]
public sealed class Refreshing_by_hand(Broker broker) : IAsyncLifetime
{
    private const string Requests = "Benchmark.Contracts:RefreshModel";

    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.CreateAsync(broker.Server);
        _site.Warehousing(
            "create table model_x as select range as id from range(100); create table model_y as select 1 as id");
        _site.Registers(
            "model_x: {table: model_x}", "model_y: {table: model_y}", "strict: {table: model_x, rows: {min: 101}}",
            "absent: {table: absent}");
        _site.Environment["Notifier__DeadlineWithoutStart"] = "00:00:05";
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Refreshes_the_model_and_reports_a_run_of_that_model()
    {
        var routed = await PublishAsync("""{"valueStream":"vs","model":"model_x"}""");

        routed.Should().BeTrue();
        var run = (await ClosedAsync(1)).Should().ContainSingle().Subject;
        run.GetProperty("trigger").GetString().Should().Be("message");
        Outcomes([run]).Should().Equal("vs/model_x published");
        File.ReadAllLines(_site.OnVolume("vs/model_x/benchmark.csv")).Should().HaveCount(101);
        await Site.UntilAsync("the report is sent", () => Task.FromResult(Reports().Count == 1));
        Reports()
            .Should().ContainSingle(report => report.Contains("model_x") && report.Contains("To: team@bank.example"));
    }

    [Fact]
    public async Task Takes_who_asked_and_why_whatever_the_content_type()
    {
        const string asked = """
            {"valueStream":"vs","model":"model_x","requestedBy":"ana@bank.example","reason":"restated","force":true}
            """;
        await PublishAsync(asked, new { content_type = "application/json" });
        await ClosedAsync(1);

        await PublishAsync(
            asked.Replace("model_x", "model_y"), new { content_type = "text/plain", message_id = "not a GUID" });
        await ClosedAsync(2);

        foreach (var model in new[] { "model_x", "model_y" })
        {
            var manifest = JsonNode.Parse(File.ReadAllText(_site.OnVolume($"vs/{model}/benchmark.json")))!;
            manifest["requested_by"]!.GetValue<string>().Should().Be("ana@bank.example");
            manifest["reason"]!.GetValue<string>().Should().Be("restated");
        }
    }

    [Fact]
    public async Task Runs_twice_what_is_published_twice_and_the_second_time_changes_nothing()
    {
        await PublishAsync("""{"valueStream":"vs","model":"model_x"}""");
        await ClosedAsync(1);

        await PublishAsync("""{"valueStream":"vs","model":"model_x"}""");

        Outcomes(await ClosedAsync(2)).Should().Equal("vs/model_x published", "vs/model_x unchanged");
        Directory.GetDirectories(_site.OnVolume("vs/model_x/.versions")).Should().ContainSingle();
    }

    [Fact]
    public async Task Publishes_once_what_is_asked_for_again_in_a_run_that_has_published_it()
    {
        await PublishAsync("""{"valueStream":"vs","model":"model_x"}""");
        var run = (await ClosedAsync(1))[0].GetProperty("run_id").GetString()!;
        await WarehousingAsync("insert into model_x values (100)");

        await PublishAsync(Again("model_x", run));
        await PublishAsync("""{"valueStream":"vs","model":"model_x"}""");

        var runs = await ClosedAsync(2);
        await Site.UntilAsync("nothing is staged", () => Task.FromResult(
            Directory.GetDirectories(_site.OnVolume("vs/model_x/.staging")).Length == 0));
        Directory.GetFiles(_site.OnVolume("vs/model_x/.versions"), "manifest.json", SearchOption.AllDirectories).Order()
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!["run_id"]!.GetValue<string>())
            .Should().Equal(run, runs[1].GetProperty("run_id").GetString());
        Outcomes(runs).Should().Equal("vs/model_x published", "vs/model_x published");
    }

    [Fact]
    public async Task Does_not_fetch_again_what_its_run_has_rejected()
    {
        await PublishAsync("""{"valueStream":"vs","model":"strict"}""");
        var run = (await ClosedAsync(1))[0].GetProperty("run_id").GetString()!;
        await WarehousingAsync("insert into model_x values (100)");

        await PublishAsync(Again("strict", run));
        await PublishAsync("""{"valueStream":"vs","model":"strict"}""");

        var runs = await ClosedAsync(2);
        Outcomes(runs).Should().Equal("vs/strict rejected", "vs/strict published");
        JsonNode.Parse(File.ReadAllText(_site.OnVolume("vs/strict/benchmark.json")))!["version"]!.GetValue<int>()
            .Should().Be(1);
    }

    [Fact]
    public async Task Tells_whoever_heard_of_a_failure_that_the_model_is_published_after_all()
    {
        await PublishAsync("""{"valueStream":"vs","model":"absent"}""");
        var run = (await ClosedAsync(1))[0].GetProperty("run_id").GetString()!;
        await Site.UntilAsync("the failure is told", () => Task.FromResult(Reports().Count == 1));
        await WarehousingAsync("create table absent as select 1 as id");

        await PublishAsync(Again("absent", run));

        await Site.UntilAsync("the correction is told", () => Task.FromResult(Reports().Count == 2));
        Outcomes(await ClosedAsync(1)).Should().Equal("vs/absent published");
        Reports().Select(report => HeadersOf(report).Split('\n').Single(line => line.StartsWith("Subject: ")))
            .Should().BeEquivalentTo(
                "Subject: Benchmark vs/absent: failed", "Subject: Benchmark vs/absent: published");
    }

    [Fact]
    public async Task Reports_a_run_that_nobody_has_started()
    {
        var run = Guid.NewGuid().ToString();

        await PublishAsync(Again("model_y", run));

        await Site.UntilAsync("it is told", () => Task.FromResult(
            Reports().Any(report => report.Contains("Nobody has started this run"))));
    }

    [Fact]
    public async Task Answers_a_name_that_the_registry_does_not_have_with_the_nearest_that_it_has()
    {
        string[] unknown = [
            "vs/modelx", "sv/model_x", "vs/../../model_x", "vs//etc/passwd", "vs/x\r\nBcc: eve@bank.example"];

        foreach (var name in unknown)
            await PublishAsync(
                JsonSerializer.Serialize(new { valueStream = name.Split('/')[0], model = name.Split('/', 2)[1] }));

        var models = (await ClosedAsync(unknown.Length)).Select(run => run.GetProperty("models")[0]).ToList();
        models.Should().AllSatisfy(model => model.GetProperty("outcome").GetString().Should().Be("failed"));
        var reasons = models.Select(model => model.GetProperty("reason").GetString()).ToList();
        reasons.Should().BeEquivalentTo(unknown.Select(name =>
            $"{name.Replace("\r\n", @"\r\n", StringComparison.Ordinal)} is not in the registry."));
        await Site.UntilAsync("all reports are sent", () => Task.FromResult(Reports().Count == unknown.Length));
        Reports().Should().Contain(report => report.Contains("Did you mean vs/model_x"));
        Reports().Select(HeadersOf)
            .Should().NotContain(headers => headers.Contains("\nBcc:", StringComparison.OrdinalIgnoreCase));
        Entries().Should().OnlyContain(path => path.StartsWith(".benchmark"), "only the pinned registry is kept");
        await StillWorksAsync(unknown.Length);
    }

    [Fact]
    public async Task Keeps_what_is_no_request_in_fetcher_error_and_says_there_why_and_what_to_send()
    {
        (string Payload, string Why)[] wrong =
        [
            ("", "does not contain any JSON"),
            ("refresh model_x please", "invalid"),
            (new string('x', 1_000_000), "1000000 bytes, and at most 16384 are allowed"),
            ($$"""{"valueStream":"vs","model":"{{new string('x', 1_000_000)}}"}""", "at most 16384 are allowed"),
            ("null", "names no value stream, or no model"),
            ("[]", "could not be converted"),
            ("42", "could not be converted"),
            ("""[{"valueStream":"vs","model":"model_x"}]""", "could not be converted"),
            ("{}", "missing required properties including: 'valueStream', 'model'"),
            ("""{"valueStream":"vs"}""", "missing required properties including: 'model'"),
            ("""{"valueStream":null,"model":"model_x"}""", "names no value stream, or no model"),
            ("""{"valueStream":"vs","model":" "}""", "names no value stream, or no model"),
            ("""{"valueStream":"vs","model":7}""", "$.model"),
            ("""{"valueStream":"vs","model":"model_x","force":"yes"}""", "$.force"),
            ("""{"valueStream":"vs","model":"model_x","runId":"first"}""", "$.runId"),
            (
                """{"valueStream":"vs","model":"model_x","runId":"00000000-0000-0000-0000-000000000000"}""",
                "runId is all zeros"),
        ];

        foreach (var (payload, _) in wrong)
            await PublishAsync(payload);

        await Site.UntilAsync("all wait in fetcher_error", async () =>
            await broker.Server.Management.CountAsync(_site.VirtualHost, "fetcher_error") == wrong.Length);
        var kept = await broker.Server.Management.GetAsync(_site.VirtualHost, "fetcher_error");
        foreach (var (payload, why) in wrong)
        {
            var message = kept.First(message => message["payload"]!.GetValue<string>() == payload);
            message["properties"]!["headers"]!["MT-Fault-Message"]!.GetValue<string>()
                .Should().Contain(why).And.Contain("""Send {"valueStream": "value_stream_1", "model": "model_x"}""");
        }
        (await broker.Server.Management.CountAsync(_site.VirtualHost, "fetcher_skipped")).Should().BeNull();
        await StillWorksAsync(0);
    }

    [Fact]
    public async Task Lets_no_message_choose_a_path_a_query_or_a_connection()
    {
        await PublishAsync($$"""
            {
              "valueStream": "vs", "model": "model_x", "table": "model_y",
              "query": "select 666 as id", "sql": "select 666 as id",
              "path": "../../stolen.csv", "benchmarkingPath": "{{_site.InDirectory("stolen.csv")}}",
              "volume": "/tmp", "source": "elsewhere",
              "connection": "Data Source={{_site.InDirectory("elsewhere.duckdb")}}",
              "registrySha256": "../../../etc/passwd", "attempt": "../x"
            }
            """);
        await ClosedAsync(1);

        File.ReadAllLines(_site.OnVolume("vs/model_x/benchmark.csv")).Should().HaveCount(101).And.NotContain("666");
        Entries().Should().OnlyContain(path =>
            path == "vs" || path == "vs/model_x" || path.StartsWith("vs/model_x/") || path.StartsWith(".benchmark"));
        File.Exists(_site.InDirectory("stolen.csv")).Should().BeFalse();
        File.Exists(_site.InDirectory("elsewhere.duckdb")).Should().BeFalse();
    }

    private Task<bool> PublishAsync(string payload, object? properties = null) =>
        broker.Server.Management.PublishAsync(_site.VirtualHost, Requests, payload, properties);

    // The Fetcher closes it after it has told what it found there.
    private Task WarehousingAsync(string sql) => Site.UntilAsync("the warehouse can be written", () =>
    {
        try
        {
            _site.Warehousing(sql);
            return Task.FromResult(true);
        }
        catch (DuckDBException)
        {
            return Task.FromResult(false);
        }
    });

    private static string Again(string model, string run) =>
        JsonSerializer.Serialize(new { valueStream = "vs", model, runId = run });

    private async Task StillWorksAsync(int runsBefore)
    {
        await PublishAsync("""{"valueStream":"vs","model":"model_x"}""");
        Outcomes(await ClosedAsync(runsBefore + 1)).Should().Contain("vs/model_x published");
    }

    /// <summary>All runs with their models, the oldest first, once there are so many and all are closed.</summary>
    private async Task<IReadOnlyList<JsonElement>> ClosedAsync(int count)
    {
        IReadOnlyList<JsonElement> runs = [];
        await Site.UntilAsync($"{count} runs are closed", async () =>
            (runs = await _site.RunsAsync()).Count == count
                && runs.All(run => run.GetProperty("state").GetString() == "completed"));
        return [.. runs.Reverse()];
    }

    private static IEnumerable<string> Outcomes(IEnumerable<JsonElement> runs) => runs
        .SelectMany(run => run.GetProperty("models").EnumerateArray())
        .Select(model =>
            $"{model.GetProperty("value_stream")}/{model.GetProperty("model")} {model.GetProperty("outcome")}");

    private IReadOnlyList<string> Reports() => Directory.Exists(_site.InDirectory("state/outbox"))
        ? [.. Directory.GetFiles(_site.InDirectory("state/outbox"), "*.eml").Select(File.ReadAllText)]
        : [];

    private static string HeadersOf(string report) => report.ReplaceLineEndings("\n").Split("\n\n")[0];

    private IReadOnlyList<string> Entries() =>
        [.. Directory.GetFileSystemEntries(_site.OnVolume(""), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_site.OnVolume(""), path)).Order(StringComparer.Ordinal)];
}
