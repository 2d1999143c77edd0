using System.Text.Json;
using System.Text.Json.Nodes;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;
using DuckDB.NET.Data;

namespace Benchmark.EndToEnd.Tests;

/// <summary>
/// What people do with versions, on a real broker, every process with the permissions of
/// <c>deploy/rabbitmq/permissions.json</c>.
/// </summary>
[NeedsRabbitMq]
[Collection(BrokerOfUsersCollection.Name)]
public sealed class Working_with_versions(Broker broker) : IAsyncLifetime
{
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
            await _management.PutAsync($"users/{user}", new { password = user, tags = "" });
        foreach (var permission in permissions)
            permission!["vhost"] = _site.VirtualHost;
        await _management.PostAsync("definitions", definitions);
        _site.Warehousing("create table a as select range as id from range(10)");
        _site.Registers("a: {table: a, rows: {max_change: 0.5}}");
        foreach (var service in new[] { "Fetcher", "Validator", "Publisher", "Notifier" })
        {
            As(service.ToLowerInvariant());
            await _site.StartAsync(service);
        }
        As("operator");
    }

    public async Task DisposeAsync()
    {
        foreach (var user in _users)
            await _management.DeleteAsync($"users/{user}");
        await _site.DisposeAsync();
    }

    [Fact(Timeout = 240_000)]
    public async Task Rolls_back_accepts_pins_and_prunes_with_least_privilege()
    {
        await RunAsync(0, "refresh", "vs/a", "--wait");
        await RowsAsync(14);
        await RunAsync(0, "refresh", "vs/a", "--wait");
        await RowsAsync(100);
        var rejected = await RunAsync(2, "refresh", "vs/a", "--wait", "--json");

        var accepted = await RunAsync(
            0, "accept", "vs/a", "--run", Id(rejected), "--reason", "new book", "--wait", "--json");
        var rolledBack = await RunAsync(
            0, "rollback", "vs/a", "--to", "1", "--reason", "load was broken", "--wait", "--json");
        await RunAsync(0, "pin", "vs/a", "2", "--reason", "audit", "--root", WhereNothingCanBePublished());
        var prune = await RunAsync(0, "prune", "--json");
        var history = await RunAsync(0, "history", "vs/a", "--json");

        Json(accepted).GetProperty("trigger").GetString().Should().Be("accept");
        Json(rolledBack).GetProperty("models")[0].GetProperty("version").GetInt32().Should().Be(4);
        Json(prune).GetProperty("versions").GetArrayLength().Should().Be(0, "all are young");
        VolumeJson.Read<Manifest>(_site.OnVolume("vs/a/benchmark.json")).Should().BeEquivalentTo(
            new { Version = 4, RolledBackFrom = 1, Rows = 10 });
        VolumeJson.Read<VersionPin>(_site.OnVolume("vs/a/.versions/000002.pinned")).Reason.Should().Be("audit");
        Json(history).GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("outcome").GetString())
            .Should().Equal("published", "published", "rejected", "published", "published");
        (await RunAsync(0, "verify")).Should().Contain("as published");
    }

    // The models as they are, and no directory for what the probe of the volume writes: not even root can.
    private string WhereNothingCanBePublished()
    {
        var root = Directory.CreateDirectory(_site.InDirectory("for-readers")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(root, "vs"), _site.OnVolume("vs"));
        File.WriteAllText(Path.Combine(root, ".benchmark"), "in the way");
        return root;
    }

    private void As(string user) =>
        _site.Environment["RABBITMQ_URI"] = broker.Server.Address(_site.VirtualHost, user, user).OriginalString;

    // The Fetcher keeps the file open for two seconds after a fetch.
    private Task RowsAsync(int count) => Site.UntilAsync("the warehouse can be written", () =>
    {
        try
        {
            _site.Warehousing($"create or replace table a as select range as id from range({count})");
            return Task.FromResult(true);
        }
        catch (DuckDBException e) when (e.Message.Contains("Could not set lock"))
        {
            return Task.FromResult(false);
        }
    });

    private async Task<string> RunAsync(int exitCode, params string[] arguments)
    {
        var result = await _site.BenchmarkAsync(arguments);
        result.ExitCode.Should().Be(exitCode, $"{string.Join(' ', arguments)}: {result.Error}{result.Output}");
        return result.Output;
    }

    private static string Id(string output) => Json(output).GetProperty("run_id").GetString()!;

    private static JsonElement Json(string output) => JsonDocument.Parse(output).RootElement;
}
