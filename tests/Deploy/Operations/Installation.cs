using System.Text.Json;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;
using Npgsql;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>
/// The demo's models on a real broker and a real PostgreSQL, where the runbook's commands are run. All services are one
/// process, with one user of the broker, called <c>fetcher</c>.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private const string VirtualHost = "benchmark";

    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("benchmark-operations-");
    private readonly RabbitServer _broker;
    private readonly PostgresServer _postgres;
    private ChildProcess? _services;
    private int _runs;

    private Installation(RabbitServer broker, PostgresServer postgres) => (_broker, _postgres) = (broker, postgres);

    public string Directory => _directory.FullName;

    public VolumeLayout Volume => new(Path.Combine(Directory, "efs"));

    public string Registry => Path.Combine(Directory, "models.yaml");

    /// <summary>The run that the runbook calls RUN.</summary>
    public string Run { get; set; } = "";

    public string BrokerPassword { get; set; } = "first-broker";

    public string DatabasePassword { get; set; } = "first-database";

    private Dictionary<string, string> Settings => new()
    {
        ["--root"] = Volume.Root,
        ["--registry"] = Registry,
        ["--state"] = Path.Combine(Directory, "state"),
        ["--broker"] = _broker.Address(VirtualHost, "fetcher", BrokerPassword).OriginalString,
        ["--database"] = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString)
        {
            Database = "benchmark",
            Username = "benchmark",
            Password = DatabasePassword,
        }.ToString(),
    };

    public static async Task<Installation> CreateAsync(RabbitServer broker, PostgresServer postgres)
    {
        var installation = new Installation(broker, postgres);
        await broker.Management.PutAsync($"vhosts/{VirtualHost}", new { });
        await broker.Management.PutAsync(
            $"permissions/{VirtualHost}/guest", new { configure = ".*", write = ".*", read = ".*" });
        await broker.Management.AddUserAsync("fetcher", installation.BrokerPassword, VirtualHost);
        await installation.NextMonthAsync();
        // Only what the runbook says is to start a run: this slot of the demo's schedule counts as started.
        System.IO.Directory.CreateDirectory(installation.Volume.Bookkeeping);
        VolumeJson.Write(
            installation.Volume.EmittedSlots,
            new Dictionary<string, DateTimeOffset> { ["0 0 1 * * UTC"] = DateTimeOffset.UtcNow });
        return installation;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>
    /// Starts the services, unless they run, and waits until they do. Before, as the Job <c>topology</c> of the
    /// manifests does, it declares what they consume from.
    /// </summary>
    public async Task StartAsync()
    {
        if (_services is not null)
            return;
        var topology = await BenchmarkAsync("benchmark topology");
        topology.ExitCode.Should().Be(0, topology.ToString());
        _services = ChildProcess.StartDotnet(
            "benchmark.dll",
            ["up", .. Settings.SelectMany(setting => new[] { setting.Key, setting.Value })],
            new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Pages__Address"] = "http://127.0.0.1:0",
            });
        await UntilAsync("the services have started", () => Task.FromResult(
            _services.HasExited
                ? throw new InvalidOperationException($"They have ended: {_services.Error}{_services.Output}")
                : _services.Error.Contains("stop with Ctrl+C")));
    }

    /// <summary>Stops the services as Kubernetes does.</summary>
    public async Task StopAsync()
    {
        if (_services is null)
            return;
        (await _services.EndAsync()).Should().Be(0);
        _services.Dispose();
        _services = null;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Runs a line of the runbook that begins with <c>benchmark</c>.</summary>
    public Task<CommandResult> BenchmarkAsync(string line) => CommandLine.RunAsync(Here(line), Settings);

    /// <summary>Runs a line of the runbook in a shell, as an administrator of broker and database.</summary>
    /// <param name="line">The line.</param>
    /// <param name="input">What a person types when it asks.</param>
    public async Task<CommandResult> ShellAsync(string line, string input = "")
    {
        var environment = _broker.ToolEnvironment.Concat(_postgres.ToolEnvironment)
            .GroupBy(variable => variable.Key)
            .ToDictionary(same => same.Key, same => string.Join(':', same.Select(variable => variable.Value)));
        // Without a terminal, passwords are read from the standard input.
        using var child = ChildProcess.Start(
            "sh", ["-c", $"printf '{input}' | setsid --wait {Here(line)}"], environment, Directory);
        var exitCode = await child.ExitAsync();
        return new CommandResult(exitCode, child.Output, child.Error);
    }

    /// <summary>Fills the warehouse with the next month, and refreshes it as the demo does, in one process.</summary>
    public async Task NextMonthAsync()
    {
        // A DuckDB file has one process that writes, or any number that read.
        var running = _services is not null;
        await StopAsync();
        var result = await BenchmarkAsync($"benchmark demo --dir {Directory}");
        result.ExitCode.Should().Be(0, result.ToString());
        if (running)
            await StartAsync();
    }

    /// <summary>Refreshes models of which one is rejected; that run is RUN.</summary>
    public async Task RejectAsync(string models)
    {
        var result = await BenchmarkAsync($"benchmark refresh {models} --wait --json");
        result.ExitCode.Should().Be(2, result.ToString());
        Run = JsonDocument.Parse(result.Output).RootElement.GetProperty("run_id").GetString()!;
    }

    /// <summary>Leaves a request in <c>fetcher_error</c>, as if its source had been away.</summary>
    public async Task LeaveAnErrorAsync()
    {
        (await BenchmarkAsync("benchmark topology")).ExitCode.Should().Be(0);
        (await _broker.Management.PublishAsync(
            VirtualHost, "fetcher_error", """{"valueStream": "value_stream_1", "model": "model_x"}"""))
            .Should().BeTrue();
        await UntilAsync("the error is there", async () =>
            await _broker.Management.CountAsync(VirtualHost, "fetcher_error") == 1);
        _runs = await CountRunsAsync();
    }

    /// <summary>Waits until that request was moved back, and has become a run.</summary>
    public async Task ErrorIsReplayedAsync() =>
        await UntilAsync("the error is replayed", async () =>
            await _broker.Management.CountAsync(VirtualHost, "fetcher_error") == 0
            && await CountRunsAsync() == _runs + 1);

    private async Task<int> CountRunsAsync() => JsonDocument.Parse(
        (await BenchmarkAsync("benchmark runs --json")).Output).RootElement.GetArrayLength();

    /// <summary>Waits until the services have read the registry as it is now.</summary>
    public async Task RegistryIsReadAsync(int changes) =>
        await UntilAsync("the registry is read", () => Task.FromResult(
            _services!.Output.Split("Registry changed from").Length > changes));

    /// <summary>How often the services that run have read a changed registry.</summary>
    public int RegistryChanges => _services!.Output.Split("Registry changed from").Length - 1;

    // The runbook's paths, its run and its version, as they are here.
    private string Here(string line) => line
        .Replace("/mnt/efs", Volume.Root, StringComparison.Ordinal)
        .Replace("/backup", Path.Combine(Directory, "backup"), StringComparison.Ordinal)
        .Replace("deploy/openshift/overlays/prod/models.yaml", Registry, StringComparison.Ordinal)
        .Replace("RUN", Run, StringComparison.Ordinal)
        .Replace(" 41", " 1", StringComparison.Ordinal);

    private static async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!await isSo())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"Not within three minutes: {what}.");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
