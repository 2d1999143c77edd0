using System.Text.Json;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;
using DuckDB.NET.Data;

namespace Benchmark.EndToEnd.Tests;

/// <summary>
/// One installation: a volume, a registry, a warehouse, a virtual host of the broker, and processes that share them.
/// </summary>
internal sealed class Site : IAsyncDisposable
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(50);

    private readonly List<ChildProcess> _processes = [];
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-site-");

    private Site(RabbitServer server, string virtualHost)
    {
        Server = server;
        VirtualHost = virtualHost;
        Environment = new()
        {
            ["RABBITMQ_URI"] = server.Address(virtualHost).OriginalString,
            ["BENCHMARK_ROOT"] = InDirectory("efs"),
            ["BENCHMARK_REGISTRY"] = InDirectory("models.yaml"),
            ["BENCHMARK_STATE"] = InDirectory("state"),
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Pages__Address"] = "http://127.0.0.1:0",
        };
        // Not every test has a Notifier, which marks a new volume.
        Installation.Make(new VolumeLayout(Directory.CreateDirectory(InDirectory("efs")).FullName));
    }

    public RabbitServer Server { get; }

    public string VirtualHost { get; }

    /// <summary>What every process of this installation finds in its environment; change it before a start.</summary>
    public Dictionary<string, string> Environment { get; }

    public static async Task<Site> CreateAsync(RabbitServer server) =>
        new(server, await server.Management.AddVirtualHostAsync());

    public string InDirectory(string name) => Path.Combine(_directory.FullName, name);

    public string OnVolume(string path) => Path.Combine(InDirectory("efs"), path);

    /// <summary>Starts services by name and waits until each is connected and consuming.</summary>
    public async Task<IReadOnlyList<ChildProcess>> StartAsync(params string[] services)
    {
        var started = services.Select(service => Run($"Benchmark.{service}")).ToList();
        foreach (var (service, process) in services.Zip(started))
            await UntilAsync($"{service} consumes", async () =>
                process.HasExited
                    ? throw new InvalidOperationException($"{service} has ended: {process.Error}\n{process.Output}")
                    : await ConsumersAsync(service.ToLowerInvariant()) >= services.Count(s => s == service));
        return started;
    }

    /// <summary>Runs a command of the CLI to its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> BenchmarkAsync(params string[] arguments)
    {
        using var command = ChildProcess.StartDotnet("benchmark.dll", arguments, Environment);
        var exitCode = await command.ExitAsync();
        return (exitCode, command.Output, command.Error);
    }

    /// <summary>The runs that the Notifier knows, as <c>benchmark runs --json</c> shows them, newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> RunsAsync()
    {
        var (_, output, error) = await BenchmarkAsync("runs", "--json");
        return output.Length > 0
            ? [.. JsonDocument.Parse(output).RootElement.EnumerateArray()] : throw new InvalidOperationException(error);
    }

    /// <summary>Where the pages are served, which a Notifier logs.</summary>
    public async Task<string> PagesAsync()
    {
        const string line = "Pages are served at ";
        string? Address() => _processes.SelectMany(process => process.Output.Split('\n'))
            .Where(text => text.Contains(line, StringComparison.Ordinal))
            .Select(text => text[(text.IndexOf(line, StringComparison.Ordinal) + line.Length)..].Split('"')[0])
            .LastOrDefault();
        await UntilAsync("the pages are served", () => Task.FromResult(Address() is not null));
        return Address()!;
    }

    /// <summary>Starts a process with the environment of this installation.</summary>
    public ChildProcess Run(string assembly, params string[] arguments)
    {
        var process = ChildProcess.StartDotnet($"{assembly}.dll", arguments, Environment);
        _processes.Add(process);
        return process;
    }

    /// <summary>
    /// Writes a registry of these models of value stream <c>vs</c>, a YAML line each, that read the warehouse.
    /// </summary>
    public void Registers(params IEnumerable<string> models) => RegistersFrom(
        $"kind: duckdb, connection: \"Data Source={InDirectory("warehouse.duckdb")};ACCESS_MODE=READ_ONLY\"", models);

    /// <summary>Writes a registry of these models that read another source, given by its keys.</summary>
    public void RegistersFrom(string source, IEnumerable<string> models) => File.WriteAllText(
        InDirectory("models.yaml"), $$"""
        version: 1
        defaults:
          notify: {email: [team@bank.example]}
        sources:
          warehouse: {{{source}}}
        value_streams:
          vs:
            models:
        {{string.Join('\n', models.Select(model => $"      {model}"))}}

        """);

    /// <summary>Runs SQL in the warehouse.</summary>
    public void Warehousing(string sql)
    {
        using var connection = new DuckDBConnection($"Data Source={InDirectory("warehouse.duckdb")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Looks again and again until something is so. The test's timeout bounds it.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo, TimeSpan? patience = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var asked = TimeProvider.System.GetTimestamp();
            if (await isSo())
                return;
            if (TimeProvider.System.GetElapsedTime(started) > (patience ?? TimeSpan.FromSeconds(60)))
                throw new TimeoutException($"Waited in vain until {what}.");
            // Most looks start a program. They must leave the processors to what is looked at.
            var took = TimeProvider.System.GetElapsedTime(asked);
            await Task.Delay(took > s_shortest ? took : s_shortest);
        }
    }

    /// <summary>Ends every process, without a word.</summary>
    public void Stop()
    {
        foreach (var process in _processes)
            process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        await Server.Management.DeleteAsync($"vhosts/{VirtualHost}");
        _directory.Delete(recursive: true);
    }

    private async Task<int> ConsumersAsync(string queue) =>
        (await Server.Management.GetAsync($"consumers/{VirtualHost}"))!.AsArray()
            .Count(consumer => consumer!["queue"]!["name"]!.GetValue<string>() == queue);
}
