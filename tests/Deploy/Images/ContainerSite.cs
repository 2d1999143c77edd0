using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>One installation in containers: a volume, a registry of one model, and its services.</summary>
internal sealed class ContainerSite : IDisposable
{
    private const string Registry = """
        version: 1
        defaults: {schedule: "0 0 1 * *", source: numbers}
        sources:
          numbers: {kind: duckdb, connection: "Data Source=:memory:"}
        value_streams:
          stream:
            models:
              model: {query: "select i as id, i / 2 as half from range(1, 101) r(i) order by i", key: [id]}
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-site-");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly Dictionary<string, (ChildProcess Run, int Port)> _services = [];
    private readonly LocalPodman _podman;
    private readonly Uri _broker;

    public ContainerSite(LocalPodman podman, Uri broker)
    {
        (_podman, _broker) = (podman, broker);
        File.WriteAllText($"{_directory}/models.yaml", Registry);
        Directory.CreateDirectory($"{_directory}/efs");
        Directory.CreateDirectory($"{_directory}/state");
        // As OpenShift hands out a volume: root's, with all rights for group 0.
        ChildProcess.Run("chmod", ["u=rwx,g=rwx,o=", $"{_directory}/efs", $"{_directory}/state"]);
        ChildProcess.Run("chmod", ["u=rwX,go=rX", _directory.FullName]);
    }

    /// <summary>Where the Fetcher leaves what it has fetched.</summary>
    public string Staging => $"{_directory}/efs/stream/model/.staging";

    /// <summary>The file that a reader opens.</summary>
    public string Benchmark => $"{_directory}/efs/stream/model/benchmark.csv";

    /// <summary>Starts a service, of the Dockerfile's image unless another is named.</summary>
    public void Start(string service, string? image = null)
    {
        var port = FreePort.Find();
        string[] options =
        [
            "--env", $"RABBITMQ_URI={_broker.OriginalString}",
            // All share the network of this machine; elsewhere each has port 8080 for itself.
            "--env", $"ASPNETCORE_HTTP_PORTS={port}",
            "--volume", $"{_directory}/efs:/mnt/efs",
            "--volume", $"{_directory}/models.yaml:/etc/benchmark/models.yaml:ro",
            .. service == "Notifier" ? ["--volume", $"{_directory}/state:/var/lib/benchmark"] : Array.Empty<string>(),
        ];
        _services[service] = (_podman.Start(ContainerOf(service), image ?? BuiltImages.NameOf(service), options), port);
    }

    public async Task<bool> IsReadyAsync(string service)
    {
        try
        {
            using var answer = await _http.GetAsync($"http://127.0.0.1:{_services[service].Port}/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The rights by which the program of a service runs.</summary>
    public IReadOnlyDictionary<string, string> RightsOf(string service) =>
        ProcessRights.Of(_podman.Inspect(ContainerOf(service), "{{.State.Pid}}").Trim());

    /// <summary>Waits for something while all services run.</summary>
    public async Task UntilAsync(TimeSpan patience, string what, Func<Task<bool>> happened)
    {
        using var given = new CancellationTokenSource(patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!await happened())
        {
            var ended = _services.FirstOrDefault(service => service.Value.Run.HasExited);
            if (ended.Key is not null || given.IsCancellationRequested)
                throw new InvalidOperationException(
                    $"Waited for this: {what}. {(ended.Key is null ? "No service has ended." : $"{ended.Key} ended.")}"
                    + $"\n{string.Join('\n', _services.Select(Told))}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Sends SIGTERM to all services, and gives each as long as Kubernetes does.</summary>
    /// <returns>The exit codes.</returns>
    public async Task<Dictionary<string, int>> TerminateAsync(TimeSpan gracePeriod)
    {
        foreach (var service in _services.Keys)
            _podman.Terminate(ContainerOf(service));
        var exits = _services.ToDictionary(service => service.Key, service => service.Value.Run.ExitAsync());
        await Task.WhenAll(exits.Values).WaitAsync(gracePeriod);
        return exits.ToDictionary(exit => exit.Key, exit => exit.Value.Result);
    }

    public void Dispose()
    {
        _http.Dispose();
        foreach (var (run, _) in _services.Values)
            run.Dispose();
        _directory.Delete(recursive: true);
    }

    private static string ContainerOf(string service) => service.ToLowerInvariant();

    private static string Told(KeyValuePair<string, (ChildProcess Run, int Port)> service) =>
        $"{service.Key}: {service.Value.Run.Error}\n{service.Value.Run.Output}";
}
