using System.Text.Json.Nodes;
using Benchmark.Deploy.Tests.Manifests;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>An overlay in pods of Podman, which do what they would in a cluster.</summary>
internal sealed class PlayedOverlay : IDisposable
{
    private const string VirtualHost = "benchmark";

    // Its source is no Snowflake, but has its connection from the same Secret.
    private const string Registry = """
        version: 1
        defaults: {schedule: "0 0 1 * *", source: numbers}
        sources:
          numbers: {kind: duckdb, connection: "${SNOWFLAKE_CONN}"}
        value_streams:
          stream:
            models:
              model: {query: "select i as id, i / 2 as half from range(1, 101) r(i) order by i", key: [id]}
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-overlay-");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly LocalPodman _podman;
    private readonly PlayableOverlay _overlay;

    private PlayedOverlay(LocalPodman podman, string overlay) =>
        (_podman, _overlay) = (podman, new PlayableOverlay(overlay, Registry));

    public IReadOnlyList<string> Deployments => [.. _overlay.Deployments];

    /// <summary>The file that a reader opens.</summary>
    public string Benchmark => $"{_podman.DirectoryOfVolume("efs-pvc")}/stream/model/benchmark.csv";

    /// <summary>Makes what an overlay expects: users of the broker, with their permissions, and Secrets.</summary>
    public static async Task<PlayedOverlay> PrepareAsync(LocalPodman podman, string overlay, RabbitServer broker)
    {
        var site = new PlayedOverlay(podman, overlay);
        await broker.Management.PutAsync($"vhosts/{VirtualHost}", new { });
        foreach (var secret in Secrets.Example)
        {
            var values = Manifest.Texts(secret.Node["stringData"]);
            if (values.ContainsKey("username"))
                await broker.Management.AddUserAsync(values["username"], values["password"], VirtualHost);
            site.AddSecret(secret, broker.Address(VirtualHost));
        }
        // Without this file, each user may do all.
        await broker.Management.PostAsync(
            "definitions", JsonNode.Parse(RepositoryRoot.Read("deploy/rabbitmq/permissions.json"))!);
        site.Play(site._overlay.Claims());
        return site;
    }

    /// <summary>Runs the pod of a Job or a CronJob to its end.</summary>
    /// <returns>The exit code, and what it wrote.</returns>
    public (int ExitCode, string Output) RunJob(string kind, string name)
    {
        Play(_overlay.Documents(kind, name));
        var container = $"{name}-{_overlay.ContainerIn(kind, name)}";
        return (int.Parse(_podman.Run("wait", container)), _podman.Run("logs", container));
    }

    public void StartDeployments() => Play(_overlay.Documents("Deployment", [.. Deployments]));

    public async Task UntilReadyAsync(string deployment, TimeSpan patience) => await UntilAsync(
        patience, $"{deployment} is ready", async () =>
        {
            try
            {
                using var answer = await _http.GetAsync(_overlay.ReadinessProbe(deployment));
                return answer.IsSuccessStatusCode;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                return false;
            }
        });

    public Task UntilPublishedAsync(TimeSpan patience) =>
        UntilAsync(patience, "the model is published", () => Task.FromResult(File.Exists(Benchmark)));

    /// <summary>The process id, outside of the container, of what runs in it.</summary>
    public string MainProcessOf(string deployment) =>
        _podman.Inspect(ContainerOf(deployment), "{{.State.Pid}}").Trim();

    /// <summary>Ends every pod as the kubelet does, with the time that the manifest gives it.</summary>
    /// <returns>The exit codes.</returns>
    public IReadOnlyDictionary<string, int> StopDeployments()
    {
        foreach (var deployment in Deployments)
            _podman.Run("pod", "stop", "--time", $"{_overlay.GracePeriod(deployment)}", PodOf(deployment));
        return Deployments.ToDictionary(
            deployment => deployment,
            deployment => int.Parse(_podman.Inspect(ContainerOf(deployment), "{{.State.ExitCode}}")));
    }

    public void Dispose()
    {
        _http.Dispose();
        _podman.Run("pod", "rm", "--all", "--force", "--time", "0");
        _podman.Run("volume", "rm", "--all", "--force");
        _podman.Run("secret", "rm", "--all");
        _directory.Delete(recursive: true);
    }

    // As Podman names them.
    private static string PodOf(string deployment) => $"{deployment}-pod-0";

    private static string ContainerOf(string deployment) => $"{PodOf(deployment)}-{deployment}";

    private void AddSecret(Manifest secret, Uri broker)
    {
        var path = $"{_directory}/{secret.Name}";
        File.WriteAllText(path, PlayableOverlay.Secret(secret, broker));
        _podman.Run("secret", "create", secret.Name, path);
    }

    private void Play(string documents)
    {
        var path = $"{_directory}/played.yaml";
        File.WriteAllText(path, documents);
        _podman.Run("play", "kube", "--network", "host", path);
    }

    private async Task UntilAsync(TimeSpan patience, string what, Func<Task<bool>> happened)
    {
        using var given = new CancellationTokenSource(patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!await happened())
        {
            if (given.IsCancellationRequested)
                throw new InvalidOperationException($"Waited for this: {what}.\n" + string.Join('\n', Deployments
                    .Select(deployment => _podman.Run("logs", ContainerOf(deployment)))));
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
