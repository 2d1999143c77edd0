using System.Text.Json.Nodes;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>
/// <c>dotnet publish -t:PublishContainer</c>, as the README has it, on the base that the Dockerfile's images have here.
/// </summary>
[Collection(BuiltImagesCollection.Name)]
[NeedsContainers]
[NeedsImageRegistry]
[NeedsRabbitMq]
public sealed class Publishing_without_an_engine(BuiltImages images) : IDisposable
{
    private const string Service = "Fetcher";
    private const string Image = "docker.io/benchmark/fetcher:0.1.0";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_gracePeriod = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-publish-");

    [Fact(Timeout = 600_000)]
    public async Task Makes_an_image_that_says_and_does_what_that_of_the_Dockerfile_does()
    {
        images.Podman.Load(await PublishAsync());

        Configuration(Image).Should().BeEquivalentTo(Configuration(BuiltImages.NameOf(Service)));
        EntryPoint(Image).Should().Be("""["/app/Benchmark.Fetcher"]""", "there is no link to it as benchmark");

        await using var broker = await RabbitServer.StartAsync();
        using var site = new ContainerSite(images.Podman, broker.Address("/"));
        // Takes the new volume, before which no service is ready.
        site.Start("Notifier");
        site.Start(Service, Image);
        await site.UntilAsync(s_patience, $"{Service} is ready", () => site.IsReadyAsync(Service));
        site.RightsOf(Service).Should().BeEquivalentTo(ProcessRights.Restricted);
        await broker.Management.PublishAsync("%2F", "Benchmark.Contracts:RefreshModel", """
            {"runId":"0f8fad5b-d9cb-469f-a165-708677289501","valueStream":"stream","model":"model"}
            """);
        await site.UntilAsync(s_patience, "the model is fetched", () => Task.FromResult(Fetched(site)));
        (await site.TerminateAsync(s_gracePeriod)).Should().Equal(
            new Dictionary<string, int> { ["Notifier"] = 0, [Service] = 0 });
    }

    public void Dispose() => _directory.Delete(recursive: true);

    // In a copy: what the repository's own builds have left behind is for another runtime.
    private async Task<string> PublishAsync()
    {
        using var registry = await LocalRegistry.StartAsync();
        var imageOfBase = $"{registry.Name}/dotnet/aspnet:stand-in";
        images.Podman.Push(StandInBase.Image, imageOfBase);
        var archive = $"{_directory}/fetcher.tar";
        ChildProcess.Run(
            "dotnet",
            [
                "publish", $"services/{Service}", "-r", "linux-x64", "-t:PublishContainer",
                $"-p:ContainerBaseImage={imageOfBase}", $"-p:ContainerArchiveOutputPath={archive}",
                // The build of the tests has analysed the same sources; and what is compiled ahead of time only starts
                // sooner.
                "-p:RunAnalyzers=false", "-p:PublishReadyToRun=false",
            ],
            new Dictionary<string, string> { ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = registry.Name },
            BuildContext.CopyTo($"{_directory}/source"));
        return archive;
    }

    private Dictionary<string, string> Configuration(string image)
    {
        var all = JsonNode.Parse(images.Podman.Inspect(image, "{{json .Config}}"))!;
        var labels = all["Labels"]!;
        return new()
        {
            ["User"] = $"{all["User"]}",
            ["Env"] = string.Join('\n', all["Env"]!.AsArray().Select(variable => $"{variable}").Order()),
            ["Ports"] = all["ExposedPorts"]!.ToJsonString(),
            ["Arguments"] = $"{all["Cmd"]?.ToJsonString()}",
            ["Directory"] = $"{all["WorkingDir"]}".TrimEnd('/'),
            ["Title"] = $"{labels["org.opencontainers.image.title"]}",
            ["Version"] = $"{labels["org.opencontainers.image.version"]}",
            ["Licence"] = $"{labels["org.opencontainers.image.licenses"]}",
        };
    }

    private string EntryPoint(string image) => images.Podman.Inspect(image, "{{json .Config.Entrypoint}}").Trim();

    private static bool Fetched(ContainerSite site) => Directory.Exists(site.Staging)
        && Directory.EnumerateFiles(site.Staging, "*.csv", SearchOption.AllDirectories).Any();
}
