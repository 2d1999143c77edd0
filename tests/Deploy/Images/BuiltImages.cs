using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>
/// The images of the services, made once for all tests: published by <c>publish.sh</c> as the Dockerfile does, and put
/// together by the Dockerfile's last stage on the <see cref="StandInBase">stand-in</see>. Its first stage, which needs
/// an image with the SDK, is the one thing that is not run here.
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
        var source = BuildContext.CopyTo($"{_directory}/source");
        Run(source, "dotnet", "restore", "cli", "-r", "linux-x64", "-p:RestoreLockedMode=true");
        foreach (var service in Services)
        {
            var stage = $"{_directory}/{service}";
            // One of them as it ships; compiling all of them ahead would take minutes.
            var options = service == "Fetcher" ? "-p:PublishReadyToRun=true" : "-p:PublishReadyToRun=false";
            Run(source, "sh", "deploy/docker/publish.sh", service, $"{stage}/image", options);
            _podman.Build(
                NameOf(service), $"{source}/deploy/docker/Dockerfile", source,
                "--build-context", $"build={stage}",
                "--build-arg", "SDK=scratch",
                "--build-arg", $"BASE={StandInBase.Image}",
                "--build-arg", $"SERVICE={service}");
        }
    }

    private static void Run(string source, string program, params string[] arguments) =>
        ChildProcess.Run(program, arguments, s_noServer, workingDirectory: source);

    // A compiler that outlives the command would keep the directory in use.
    private static readonly Dictionary<string, string> s_noServer = new()
    {
        ["UseSharedCompilation"] = "false",
        ["MSBUILDDISABLENODEREUSE"] = "1",
    };
}

[CollectionDefinition(Name)]
public sealed class BuiltImagesCollection : ICollectionFixture<BuiltImages>
{
    public const string Name = "built images";
}
