using System.Text.Json;
using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>Failures of the machine: obstacles on the volume, as a person would find and remove them.</summary>
[NeedsRabbitMq]
[Collection(PatientBrokerCollection.Name)]
public sealed class Retrying_on_a_broker(Broker broker) : IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.CreateAsync(broker.Server);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact(Timeout = 240_000)]
    public async Task Gets_over_what_passes_reports_what_does_not_and_goes_on_where_it_was_put_back()
    {
        _site.Warehousing("create table a as select range as id from range(100)");
        _site.Registers(
            "passing: {table: a}", "fetch: {table: a}", "validate: {table: a, rows: {min: 500}}", "publish: {table: a}",
            "typo: {table: aa}");
        // Files where directories should be: no service gets past them, and each meets its own.
        foreach (var obstacle
            in new[] { "passing/.staging", "fetch/.staging", "validate/.rejected", "publish/.versions" })
            Obstruct(obstacle);
        var services = await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");
        var (_, started, _) = await _site.BenchmarkAsync("refresh", "--all", "--json");
        var runId = JsonDocument.Parse(started).RootElement.GetProperty("run_id").GetString()!;

        await Site.UntilAsync("the Fetcher has met the obstacle and failed for good on the typing error", () =>
            Task.FromResult(services[0].Output.Contains("vs/passing cannot be staged")
                && services[0].Output.Contains("Could not fetch vs/typo")));
        File.Delete(_site.OnVolume("vs/passing/.staging"));
        await Site.UntilAsync("the run is closed", async () =>
            (await RunAsync(runId)).GetProperty("state").GetString() == "completed", TimeSpan.FromSeconds(120));

        var run = await RunAsync(runId);
        Outcomes(run).Should().BeEquivalentTo(
            [
                "fetch failed fetch", "passing published publish", "publish failed publish", "typo failed fetch",
                "validate failed validate",
            ],
            order => order.WithStrictOrdering(), "{0}", run);
        services[0].Output.Split('\n')
            .Should().ContainSingle(line => line.Contains("Could not fetch vs/typo"), "it is not tried again");
        foreach (var (service, model)
            in new[] { ("fetcher", "fetch"), ("validator", "validate"), ("publisher", "publish") })
        {
            var kept = (await broker.Server.Management.GetAsync(_site.VirtualHost, $"{service}_error"))
                .Should().ContainSingle().Subject;
            kept["payload"]!.GetValue<string>().Should().Contain($"\"{model}\"");
            kept["properties"]!["headers"]!["MT-Fault-Message"]!.GetValue<string>().Should().Contain($"vs/{model}");
            await Site.UntilAsync("the report is there", () => Task.FromResult(Report().Contains($"{service}_error")));
        }

        foreach (var obstacle in new[] { "fetch/.staging", "validate/.rejected", "publish/.versions" })
            File.Delete(_site.OnVolume($"vs/{obstacle}"));
        await ShovelAsync("fetcher");
        await ShovelAsync("validator");
        await PutBackByHandAsync("publisher");

        await Site.UntilAsync(
            "the late outcomes are written down", async () => Outcomes(await RunAsync(runId)).SequenceEqual(
            ["fetch published publish", "passing published publish", "publish published publish", "typo failed fetch",
                "validate rejected validate"]));
        File.ReadAllLines(_site.OnVolume("vs/fetch/benchmark.csv")).Should().HaveCount(101);
        File.ReadAllLines(_site.OnVolume("vs/publish/benchmark.csv")).Should().HaveCount(101);
        Directory.GetFiles(_site.InDirectory("state/outbox"), "*.eml")
            .Should().ContainSingle("what comes late is not reported again");
    }

    [Fact(Timeout = 180_000)]
    public async Task Reports_a_request_by_hand_that_could_not_even_open_its_run_on_the_volume()
    {
        _site.Warehousing("create table a as select range as id from range(100)");
        _site.Registers("a: {table: a}");
        // Where registries of runs are kept.
        File.WriteAllText(_site.OnVolume(".benchmark/registries"), "not a directory");
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");
        await broker.Server.Management.PublishAsync(
            _site.VirtualHost, "Benchmark.Contracts:RefreshModel", """{"valueStream":"vs","model":"a"}""");
        await Site.UntilAsync("the run is closed", async () =>
            await _site.RunsAsync() is [var run] && run.GetProperty("state").GetString() == "completed",
            TimeSpan.FromSeconds(120));
        var failed = (await _site.RunsAsync())[0];

        File.Delete(_site.OnVolume(".benchmark/registries"));
        await ShovelAsync("fetcher");

        Outcomes(failed).Should().Equal("a failed fetch");
        await Site.UntilAsync("the same run holds its late outcome", async () =>
            await _site.RunsAsync() is [var run] && Outcomes(run).SequenceEqual(["a published publish"]));
    }

    private void Obstruct(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_site.OnVolume($"vs/{path}"))!);
        File.WriteAllText(_site.OnVolume($"vs/{path}"), "in the way");
    }

    private async Task<JsonElement> RunAsync(string runId) =>
        (await _site.RunsAsync()).FirstOrDefault(
            run => run.GetProperty("run_id").GetString() == runId) is { ValueKind: JsonValueKind.Object } run
            ? run
            : JsonDocument.Parse("""{"state":"unknown","models":[]}""").RootElement;

    private static IEnumerable<string> Outcomes(JsonElement run) => run.GetProperty("models").EnumerateArray()
        .Select(
            model =>
                $"{model.GetProperty("model").GetString()} {model.GetProperty("outcome").GetString()} "
                + $"{model.GetProperty("stage").GetString()}");

    private string Report() => Directory.Exists(_site.InDirectory("state/outbox"))
        ? string.Concat(Directory.GetFiles(_site.InDirectory("state/outbox"), "*.eml").Select(File.ReadAllText))
            .Replace("=\r\n", "").Replace("=\n", "")
        : "";

    /// <summary>Moves all messages back, as the dashboard's <em>Move messages</em> does.</summary>
    private async Task ShovelAsync(string service)
    {
        var address = broker.Server.Address(_site.VirtualHost).OriginalString;
        await broker.Server.Management.PutAsync(
            $"parameters/shovel/{_site.VirtualHost}/{service}-back", new Dictionary<string, object>
            {
                ["value"] = new Dictionary<string, object>
                {
                    ["src-protocol"] = "amqp091",
                    ["src-uri"] = address,
                    ["src-queue"] = $"{service}_error",
                    ["src-delete-after"] = "queue-length",
                    ["dest-protocol"] = "amqp091",
                    ["dest-uri"] = address,
                    ["dest-queue"] = service,
                },
            });
    }

    /// <summary>
    /// Copies the payload of the one message there is into the form <em>Publish message</em> of the queue's exchange.
    /// </summary>
    private async Task PutBackByHandAsync(string service)
    {
        var message = (await broker.Server.Management.GetAsync(_site.VirtualHost, $"{service}_error", keep: false))
            .Should().ContainSingle().Subject;
        await broker.Server.Management.PublishAsync(_site.VirtualHost, service, message["payload"]!.GetValue<string>(),
            new { content_type = message["properties"]!["content_type"]!.GetValue<string>() });
    }
}
