using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary><c>benchmark refresh</c> on a broker, by somebody who may not see the Notifier's database.</summary>
[NeedsRabbitMq]
[Collection(PatientBrokerCollection.Name)]
public sealed class Waiting_for_a_run(Broker broker) : IAsyncLifetime
{
    // Takes connections and never says a word: a source whose fetch lasts.
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _silent.Start();
        _site = await Site.CreateAsync(broker.Server);
        _site.Warehousing(
            "create table a as select range as id from range(100); create table b as select 1 as id; create table c "
            + "as select 2 as id");
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _silent.Dispose();
    }

    [Fact]
    public async Task Hears_how_a_run_ended_without_the_database_of_the_Notifier()
    {
        _site.Registers("a: {table: a}", "b: {table: b, rows: {min: 5}}", "typo: {table: aa}");
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");

        var (exitCode, output, error) = await _site.BenchmarkAsync(
            "refresh", "--all", "--wait", "--json", "--reason", "by night", "--state", _site.InDirectory("laptop"));

        exitCode.Should().Be(2, error);
        var run = JsonDocument.Parse(output).RootElement;
        run.GetProperty("state").GetString().Should().Be("completed");
        run.GetProperty("trigger").GetString().Should().Be("operator");
        run.GetProperty("rejected").GetInt32().Should().Be(1);
        Outcomes(run).Should().Equal("vs/a published", "vs/b rejected", "vs/typo failed");
        run.GetProperty("models")[0].GetProperty("rows").GetInt64().Should().Be(100);
        var (_, seen, _) = await _site.BenchmarkAsync("runs", run.GetProperty("run_id").GetString()!, "--json");
        WithoutDeliveries(seen).Should().Be(WithoutDeliveries(output), "only the database knows who was told");
        Directory.GetFiles(_site.InDirectory("laptop"), "*.db*").Should().BeEmpty("it creates no database of its own");
        (await broker.Server.Management.GetAsync($"queues/{_site.VirtualHost}"))!.AsArray()
            .Should().NotContain(queue => queue!["name"]!.GetValue<string>().StartsWith("refresh-"));
    }

    [Fact]
    public async Task Hears_how_a_run_ended_though_the_database_cannot_be_reached()
    {
        _site.Registers("a: {table: a}");
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");

        var (exitCode, output, error) = await _site.BenchmarkAsync(
            "refresh", "--all", "--wait", "--database", "Host=127.0.0.1;Port=1;Username=nobody;Timeout=3");

        exitCode.Should().Be(0, error);
        output.Should().Contain("vs/a published version 1 rows 100");
        error.Should().Contain("cannot be reached").And.Contain("Waiting for the Notifier's RunClosed on the broker.");
    }

    [Fact(Timeout = 180_000)]
    public async Task Retries_exactly_what_a_run_rejected_failed_or_missed()
    {
        Register(slow: "table: b, source: silent");
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");
        var first = await _site.BenchmarkAsync("refresh", "vs/a", "--wait");
        first.ExitCode.Should().Be(0, first.Error);
        var (_, started, _) = await _site.BenchmarkAsync("refresh", "--all", "--json");
        var runId = JsonDocument.Parse(started).RootElement.GetProperty("run_id").GetString()!;
        await Site.UntilAsync("all but one are done", async () =>
            Outcomes(await RunAsync(runId)).Count(outcome => !outcome.EndsWith(' ')) == 4);
        await broker.Server.Management.PublishAsync(_site.VirtualHost, "Benchmark.Contracts:CloseRun",
            $$$"""
            {"messageType":["urn:message:Benchmark.Contracts:CloseRun"],
            "message":{"runId":"{{{runId}}}","reason":"enough"}}
            """,
            new { content_type = "application/vnd.masstransit+json" });
        await Site.UntilAsync("the run is closed", async () =>
            (await RunAsync(runId)).GetProperty("state").GetString() == "incomplete");
        var before = Outcomes(await RunAsync(runId));
        Register(slow: "table: b");

        var (exitCode, output, error) = await _site.BenchmarkAsync("refresh", "--failed", runId, "--wait", "--json");

        before.Should().Equal(
            "vs/a unchanged", "vs/c published", "vs/rejected rejected", "vs/slow missing", "vs/typo failed");
        exitCode.Should().Be(2, error);
        Outcomes(JsonDocument.Parse(output).RootElement)
            .Should().Equal("vs/rejected rejected", "vs/slow published", "vs/typo failed");
    }

    private void Register(string slow)
    {
        _site.Registers(
            "a: {table: a}", "c: {table: c}", "rejected: {table: b, rows: {min: 5}}", "typo: {table: aa}",
            $"slow: {{{slow}}}");
        var registry = File.ReadAllText(_site.InDirectory("models.yaml"));
        File.WriteAllText(
            _site.InDirectory("models.yaml"), registry.Replace("defaults:\n", "defaults:\n  source: warehouse\n")
                .Replace("sources:\n",
            $$"""
            sources:
              silent:
                kind: postgres
                connection: "Host=127.0.0.1;Port={{((IPEndPoint)_silent.LocalEndpoint).Port}};\
                  Username=nobody;Timeout=100"

            """));
    }

    private async Task<JsonElement> RunAsync(string runId)
    {
        var (exitCode, output, error) = await _site.BenchmarkAsync("runs", runId, "--json");
        return JsonDocument.Parse(exitCode is 0 or 2 ? output : """{"state":"unknown","models":[]}""").RootElement;
    }

    private static IEnumerable<string> Outcomes(JsonElement run) => run.GetProperty("models").EnumerateArray()
        .Select(model =>
            $"{model.GetProperty("value_stream")}/{model.GetProperty("model")} {model.GetProperty("outcome")}");

    private static string WithoutDeliveries(string run)
    {
        var document = JsonNode.Parse(run)!.AsObject();
        document.Remove("deliveries").Should().BeTrue();
        return document.ToJsonString();
    }
}
