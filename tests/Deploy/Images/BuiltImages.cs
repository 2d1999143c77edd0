using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>
/// The images of the services and the Cli, made once for all tests: what was built with the tests is laid out by
/// <c>publish.sh</c>, as in the Dockerfile, and put together by the Dockerfile's last stage on the
/// <see cref="StandInBase">stand-in</see>.
/// The first stage, which compiles all of it again in an image with the SDK, takes minutes and is not run here.
/// </summary>
public sealed class BuiltImages : IAsyncLifetime
{
    public static readonly string[] Services = ["Scheduler", "Fetcher", "Validator", "Publisher", "Notifier"];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-images-");
    private LocalPodman? _podman;

    internal LocalPodman Podman => _podman!;

    public static string NameOf(string service) => $"localhost/benchmark/{service.ToLowerInvariant()}";

    public Task InitializeAsync()
    {
        // A fixture is made before its tests are skipped.
        if (LocalPodman.WhyNot is null)
            Build();
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        _podman?.Dispose();
        _directory.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private void Build()
    {
        _podman = new LocalPodman();
        StandInBase.Build(_podman, $"{_directory}/base");
        var root = RepositoryRoot.PathOf("");
        foreach (var service in Services.Append("Cli"))
        {
            var stage = $"{_directory}/{service}";
            ChildProcess.Run(
                "sh",
                ["deploy/docker/publish.sh", service, $"{stage}/image", "-c", Configuration, "--no-build"],
                workingDirectory: root);
            _podman.Build(
                NameOf(service), $"{root}/deploy/docker/Dockerfile", root,
                "--build-context", $"build={stage}",
                "--build-arg", "SDK=scratch",
                "--build-arg", $"BASE={StandInBase.Image}",
                "--build-arg", $"SERVICE={service}");
        }
    }

    // The tests lie in bin/<configuration>/net10.0.
    private static string Configuration =>
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}

[CollectionDefinition(Name)]
public sealed class BuiltImagesCollection : ICollectionFixture<BuiltImages>
{
    public const string Name = "built images";
}
