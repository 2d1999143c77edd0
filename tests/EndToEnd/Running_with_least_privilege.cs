using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Benchmark.Tests.Support;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Benchmark.EndToEnd.Tests;

/// <summary>Every service with the user and the permissions of <c>deploy/rabbitmq/permissions.json</c>.</summary>
[NeedsRabbitMq]
[Collection(BrokerOfUsersCollection.Name)]
public sealed class Running_with_least_privilege(Broker broker) : IAsyncLifetime
{
    private static readonly string[] s_services = ["Fetcher", "Validator", "Publisher", "Notifier"];
    private static readonly string[] s_watchers = ["keda", "datadog"];

    private readonly RabbitManagement _management = broker.Server.Management;
    private Site _site = null!;
    private string[] _users = [];

    public async Task InitializeAsync()
    {
        _site = await Site.CreateAsync(broker.Server);
        var definitions = JsonNode.Parse(RepositoryRoot.Read("deploy/rabbitmq/permissions.json"))!;
        var permissions = definitions["permissions"]!.AsArray();
        _users = [.. permissions.Select(permission => permission!["user"]!.GetValue<string>())];
        foreach (var user in _users)
            await _management.PutAsync(
                $"users/{user}", new { password = user, tags = s_watchers.Contains(user) ? "monitoring" : "" });
        foreach (var permission in permissions)
            permission!["vhost"] = _site.VirtualHost;
        await _management.PostAsync("definitions", definitions);
    }

    public async Task DisposeAsync()
    {
        foreach (var user in _users)
            await _management.DeleteAsync($"users/{user}");
        await _site.DisposeAsync();
    }

    [Fact(Timeout = 240_000)]
    public async Task Does_everything_that_a_run_takes_failures_and_replays_included()
    {
        _site.Warehousing(
            "create table good as select range as id from range(100); create table bad as select 1 as id");
        _site.Registers("good: {table: good}", "bad: {table: bad, rows: {min: 5}}", "typo: {table: goood}");
        await StartServicesAsync();
        As("scheduler");

        using var scheduler = _site.Run("Benchmark.Scheduler", "--once");
        (await scheduler.ExitAsync()).Should().Be(0, scheduler.Error + scheduler.Output);
        await ClosedAsync(1);
        As("operator");
        var refreshed = await _site.BenchmarkAsync(
            "refresh", "vs/good", "--wait", "--state", _site.InDirectory("laptop"));
        refreshed.ExitCode.Should().Be(0, refreshed.Error);
        await _management.PublishAsync(
            _site.VirtualHost, "Benchmark.Contracts:RefreshModel", """{"valueStream":"vs","model":"good"}""");
        await ClosedAsync(3);
        await PressAsync(runId: (await _site.RunsAsync())[^1].GetProperty("run_id").GetString()!);
        await ClosedAsync(4);

        var outcomes = (await _site.RunsAsync()).SelectMany(run => run.GetProperty("models").EnumerateArray())
            .Select(model => $"{model.GetProperty("model")} {model.GetProperty("outcome")}");
        outcomes.Should().BeEquivalentTo(
            "good published", "bad rejected", "typo failed", "good unchanged", "good unchanged",
            "bad rejected", "typo failed");

        // What a service gives up, and what it does not understand, must find its queue, too.
        static string Nowhere(char run) => $$"""
            {"runId":"0f8fad5b-d9cb-469f-a165-70867728950{{run}}","valueStream":"../vs","model":"good","attempt":1,
            "warnings":0,"rows":1,"bytes":1,"fetchedAt":"2026-11-01T00:00:00Z"}
            """;
        await _management.PublishAsync(_site.VirtualHost, "Benchmark.Contracts:RefreshModel", "{}");
        await SendAsync("Benchmark.Contracts:ModelStaged", "ModelStaged", Nowhere('a'));
        await SendAsync("Benchmark.Contracts:ModelValidated", "ModelValidated", Nowhere('b'));
        foreach (var service in s_services.Select(name => name.ToLowerInvariant()))
        {
            await SendAsync(service, "Unheard", Nowhere('c'));
            await UntilHoldsAsync($"{service}_skipped", 1);
        }
        foreach (var service in new[] { "fetcher", "validator", "publisher" })
            await UntilHoldsAsync($"{service}_error", 1);
        await Site.UntilAsync("the Notifier has heard of both faults", async () =>
            (await _site.RunsAsync()).SelectMany(run => run.GetProperty("models").EnumerateArray())
                .Count(model => model.GetProperty("value_stream").GetString() == "../vs") == 2);
    }

    [Fact(Timeout = 240_000)]
    public async Task Lets_the_operator_cancel_a_run_and_deal_with_errors()
    {
        _site.Warehousing("create table unused as select 1 as id");
        _site.Registers("a: {query: \"select count(*) as n from range(100000000000000) r(i) where i % 7 = 3\"}");
        await StartServicesAsync();
        As("operator");
        (await _site.BenchmarkAsync("refresh", "--all")).ExitCode.Should().Be(0);
        await Site.UntilAsync("the run is known", async () => (await _site.RunsAsync()).Count == 1);
        await _management.PublishAsync(_site.VirtualHost, "Benchmark.Contracts:RefreshModel", "{}");
        await UntilHoldsAsync("fetcher_error", 1);

        var cancel = await _site.BenchmarkAsync(
            "cancel", (await _site.RunsAsync())[0].GetProperty("run_id").GetString()!, "--reason", "wrong month");
        var errors = await _site.BenchmarkAsync("errors");
        var retry = await _site.BenchmarkAsync("errors", "retry", "--all");
        await UntilHoldsAsync("fetcher_error", 1);
        var discard = await _site.BenchmarkAsync("errors", "discard", "--all", "--reason", "a typing error");

        cancel.ExitCode.Should().Be(0, cancel.Error);
        errors.Output.Should().StartWith("fetcher_error\t", errors.Error);
        retry.Error.Should().Contain("1 sent again.");
        discard.Error.Should().Contain("1 discarded.");
        await UntilHoldsAsync("fetcher_error", 0);
    }

    [Fact]
    public async Task Lets_nobody_do_what_is_anothers()
    {
        // Everything that there is to publish to is there once a run has closed and a message has been refused.
        _site.Warehousing("create table good as select 1 as id");
        _site.Registers("good: {table: good}");
        await StartServicesAsync();
        As("operator");
        (await _site.BenchmarkAsync("refresh", "--all", "--wait")).ExitCode.Should().Be(0);
        await _management.PublishAsync(_site.VirtualHost, "Benchmark.Contracts:RefreshModel", "{}");
        await UntilHoldsAsync("fetcher_error", 1);
        foreach (var service in s_services.Select(name => name.ToLowerInvariant()))
        {
            await SendAsync(service, "Unheard", "{}");
            await UntilHoldsAsync($"{service}_skipped", 1);
        }
        string[] exchanges = [.. (await _management.GetAsync($"exchanges/{_site.VirtualHost}"))!.AsArray()
            .Select(exchange => exchange!["name"]!.GetValue<string>())];
        string[] queues = [.. (await _management.GetAsync($"queues/{_site.VirtualHost}"))!.AsArray()
            .Select(queue => queue!["name"]!.GetValue<string>())];
        _site.Stop();

        var published = new List<string>();
        var read = new List<string>();
        var declared = new List<string>();
        foreach (var user in _users)
        {
            await using var connection = await new ConnectionFactory
            {
                Uri = broker.Server.Address(
                _site.VirtualHost, user, user)
            }.CreateConnectionAsync();
            foreach (var exchange in exchanges)
            {
                if (await MayAsync(connection, channel =>
                    channel.BasicPublishAsync(exchange, "nobody", Encoding.UTF8.GetBytes("{}")).AsTask()))
                    published.Add($"{user} > {exchange}");
            }
            foreach (var queue in queues)
            {
                if (await MayAsync(connection, channel =>
                    channel.BasicConsumeAsync(queue, autoAck: false, new AsyncEventingBasicConsumer(channel))))
                    read.Add($"{queue} > {user}");
            }
            if (await MayAsync(connection, channel =>
                channel.QueueDeclareAsync("anything", durable: true, exclusive: false, autoDelete: false)))
                declared.Add(user);
        }

        published.Should().BeEquivalentTo(
        [
            .. new[] { "RefreshModel", "RefreshRunStarted" }.SelectMany(message =>
                new[] { "scheduler", "operator", "fetcher", "notifier" }
                    .Select(user => $"{user} > Benchmark.Contracts:{message}")),
            .. new[] { "RollBackModel", "AcceptRejected", "PinVersion", "PruneVersions" }
                .Select(message => $"operator > Benchmark.Contracts:{message}"),
            "fetcher > Benchmark.Contracts:ModelStaged", "fetcher > Benchmark.Contracts:ModelFetchFailed",
            "validator > Benchmark.Contracts:ModelValidated", "validator > Benchmark.Contracts:ModelRejected",
            "publisher > Benchmark.Contracts:ModelStaged",
            "publisher > Benchmark.Contracts:ModelPublished", "publisher > Benchmark.Contracts:ModelPublishFailed",
            "notifier > Benchmark.Contracts:CloseRun", "operator > Benchmark.Contracts:CloseRun",
            .. s_services.Select(name => $"operator > {name.ToLowerInvariant()}"),
            "notifier > Benchmark.Contracts:RunClosed",
            "fetcher > MassTransit:Fault--Benchmark.Contracts:RefreshModel--",
            "validator > MassTransit:Fault--Benchmark.Contracts:ModelStaged--",
            .. new[] { "ModelValidated", "RollBackModel", "AcceptRejected" }
                .Select(message => $"publisher > MassTransit:Fault--Benchmark.Contracts:{message}--"),
            .. s_services.Select(name => name.ToLowerInvariant()).SelectMany(service => exchanges
                .Where(exchange => exchange == service || exchange.StartsWith($"{service}_")
                    || exchange is "MassTransit:Fault" or "MassTransit:ReceiveFault")
                .Select(exchange => $"{service} > {exchange}")),
        ]);
        read.Should().BeEquivalentTo(
        [
            .. queues.Select(queue => $"{queue} > {queue.Split('_')[0]}"),
            .. queues.Where(queue => queue.EndsWith("_error")).Select(queue => $"{queue} > operator"),
        ]);
        declared.Should().BeEmpty();
    }

    [Fact]
    public async Task Lets_watchers_read_the_length_of_a_queue_and_nothing_in_it()
    {
        await _management.PutAsync($"queues/{_site.VirtualHost}/watched", new { durable = true });
        await _management.PublishAsync(_site.VirtualHost, "amq.fanout", "{}");
        foreach (var watcher in s_watchers)
        {
            using var management = As(watcher, watcher);

            (await management.GetAsync($"queues/{_site.VirtualHost}/watched"))!["name"]!.GetValue<string>()
                .Should().Be("watched");
            await Refuses(() => management.GetAsync(_site.VirtualHost, "watched"));
            await Refuses(() => management.PublishAsync(_site.VirtualHost, "amq.fanout", "{}"));
            await Refuses(() => management.PutAsync($"queues/{_site.VirtualHost}/another", new { durable = true }));
            await Refuses(() => management.DeleteAsync($"queues/{_site.VirtualHost}/watched"));
        }
        // What they were refused, an administrator may: the requests were not merely malformed.
        (await _management.CountAsync(_site.VirtualHost, "watched")).Should().Be(0);
        await _management.DeleteAsync($"queues/{_site.VirtualHost}/watched");
    }

    [Fact]
    public async Task Lets_nobody_watch_by_the_tag_alone()
    {
        await _management.PutAsync($"queues/{_site.VirtualHost}/watched", new { durable = true });
        await _management.DeleteAsync($"permissions/{_site.VirtualHost}/keda");
        using var management = As("keda", "keda");

        await Refuses(() => management.GetAsync($"queues/{_site.VirtualHost}/watched"));
    }

    private RabbitManagement As(string user, string password) => new(broker.Server.ManagementAddress, user, password);

    // What the API does over AMQP for a user and the broker refuses, it answers with 400.
    private static async Task Refuses(Func<Task> act) =>
        (await act.Should().ThrowAsync<HttpRequestException>()).Which.StatusCode
            .Should().BeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest);

    // The broker answers a forbidden act by closing the channel.
    private static async Task<bool> MayAsync(IConnection connection, Func<IChannel, Task> act)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        try
        {
            await act(channel);
            return true;
        }
        catch (OperationInterruptedException e)
        {
            e.ShutdownReason!.ReplyCode.Should().Be(Constants.AccessRefused, e.ShutdownReason.ReplyText);
            return false;
        }
    }

    // The button "Refresh the failed models" of a run's page.
    private async Task PressAsync(string runId)
    {
        const string token = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        browser.BaseAddress = new Uri(await _site.PagesAsync());
        using var form = new HttpRequestMessage(HttpMethod.Post, $"/runs/{runId}/refresh")
        {
            Content = new FormUrlEncodedContent([new("token", token), new("as", Guid.NewGuid().ToString())]),
        };
        form.Headers.Add("X-Forwarded-User", "ada");
        form.Headers.Add("Cookie", $"benchmark-form={token}");
        form.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var answer = await browser.SendAsync(form);

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
    }

    private async Task StartServicesAsync()
    {
        _site.Environment["Pages__TrustedHeader"] = "X-Forwarded-User";
        foreach (var service in s_services)
        {
            As(service.ToLowerInvariant());
            await _site.StartAsync(service);
        }
    }

    private void As(string user) =>
        _site.Environment["RABBITMQ_URI"] = broker.Server.Address(_site.VirtualHost, user, user).OriginalString;

    private Task ClosedAsync(int count) => Site.UntilAsync($"{count} runs are closed", async () =>
        (await _site.RunsAsync()) is var runs && runs.Count == count
            && runs.All(run => run.GetProperty("state").GetString() == "completed"));

    private Task UntilHoldsAsync(string queue, int count) => Site.UntilAsync($"{queue} holds {count}", async () =>
        await _management.CountAsync(_site.VirtualHost, queue) == count);

    private Task SendAsync(string exchange, string type, string message) => _management.PublishAsync(
        _site.VirtualHost, exchange,
        $$"""
        {"messageId":"{{Guid.NewGuid()}}","messageType":["urn:message:Benchmark.Contracts:{{type}}"],
        "message":{{message}}}
        """,
        new { content_type = "application/vnd.masstransit+json" });
}
