using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary><c>deploy/compose.yaml</c>, started as a whole by docker-compose on Podman's API.</summary>
internal sealed class ComposedSystem : IDisposable
{
    private const string Project = "benchmark";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-compose-");
    private readonly ComposeFile _composition = ComposeFile.Read();
    private readonly LocalPodman _podman;
    private readonly ChildProcess _engine;
    private readonly string _network;

    private ComposedSystem(LocalPodman podman, ChildProcess engine, string process)
    {
        (_podman, _engine, _network) = (podman, engine, $"/proc/{process}/ns/net");
        // Debian's docker-compose, 1.29, does not know this key, and takes the name from its environment.
        File.WriteAllText(
            $"{_directory}/compose.yaml",
            RepositoryRoot.Read("deploy/compose.yaml").Replace($"name: {Project}\n", ""));
    }

    /// <summary>The services of the product.</summary>
    public IReadOnlyList<string> Services =>
    [
        .. _composition.Services.Where(pair => pair.Value is { IsOurs: true, Restart: not "no" })
            .Select(pair => pair.Key),
    ];

    private Dictionary<string, string> Settings => new()
    {
        ["DOCKER_HOST"] = $"unix://{_podman.Socket}",
        ["COMPOSE_PROJECT_NAME"] = Project,
        ["COMPOSE_HTTP_TIMEOUT"] = "300",
        ["HOME"] = _directory.FullName,
    };

    /// <summary>Starts the engine, and gives it the images that the composition names.</summary>
    public static async Task<ComposedSystem> PrepareAsync(LocalPodman podman)
    {
        var engine = podman.Serve();
        var system = new ComposedSystem(podman, engine, (await engine.ReadLineAsync())!);
        new StandInServers(podman, $"{system._directory}").Build(system._composition);
        foreach (var image in system._composition.Services.Values.Where(service => service.IsOurs)
            .Select(service => service.Image).Distinct())
            podman.Run("tag", $"localhost/{image.Split(':')[0]}", $"localhost/{image}");
        return system;
    }

    /// <summary>Starts all, in the order and under the conditions that the file names.</summary>
    public async Task UpAsync()
    {
        using var isUp = new CancellationTokenSource();
        var probing = ProbeAsync(isUp.Token);
        await Task.Run(() => Compose("up", "--detach", "--no-build"));
        await isUp.CancelAsync();
        await probing;
    }

    /// <summary>Ends all, each with the time that the file gives it.</summary>
    /// <returns>The exit codes of the services of the product.</returns>
    public Dictionary<string, int> Stop()
    {
        Compose("stop");
        return Services.ToDictionary(
            service => service, service => int.Parse(_podman.Inspect(ContainerOf(service), "{{.State.ExitCode}}")));
    }

    /// <summary>The process id, outside of the container, of what runs in it.</summary>
    public string MainProcessOf(string service) => _podman.Inspect(ContainerOf(service), "{{.State.Pid}}").Trim();

    /// <summary>What a port that the file opens to this machine answers; null when that is no success.</summary>
    public string? Get(string service, int port, string path, string user = ":")
    {
        using var answer = ChildProcess.Start("nsenter",
        [
            $"--net={_network}", "curl", "--silent", "--fail", "--max-time", "20", "--user", user,
            $"http://{_composition.Services[service].AddressOf(port)}{path}",
        ]);
        answer.ExitAsync().Wait();
        return answer.ExitCode == 0 ? answer.Output.Trim() : null;
    }

    /// <summary>The files that readers open, relative to the volume.</summary>
    public IEnumerable<string> Published()
    {
        var root = _podman.DirectoryOfVolume($"{Project}_efs");
        return Directory.EnumerateFiles(root, "*.csv", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path));
    }

    public async Task UntilAsync(TimeSpan patience, string what, Func<bool> happened)
    {
        using var given = new CancellationTokenSource(patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (!happened())
        {
            if (given.IsCancellationRequested)
                throw new InvalidOperationException($"Waited for this: {what}.\n" + string.Join(
                    '\n', Services.Append("mail").Select(service => _podman.Run("logs", ContainerOf(service)))));
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        // By the same engine: its network is not this machine's.
        Compose("down", "--volumes", "--timeout", "0");
        _engine.Dispose();
        _directory.Delete(recursive: true);
    }

    private static string ContainerOf(string service) => $"{Project}_{service}_1";

    private void Compose(params string[] arguments) => ChildProcess.Run(
        "docker-compose", ["--file", $"{_directory}/compose.yaml", .. arguments], Settings);

    // Instead of systemd's timers, which Podman has probe by.
    private async Task ProbeAsync(CancellationToken isUp)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!isUp.IsCancellationRequested)
        {
            foreach (var (service, _) in _composition.Services.Where(pair => pair.Value.Healthcheck is not null))
            {
                // It fails before there is a container, and while that does not answer: docker-compose asks for both.
                using var probe = _podman.Begin("healthcheck", "run", ContainerOf(service));
                await probe.ExitAsync();
            }
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
