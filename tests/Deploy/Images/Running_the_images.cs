using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

[Collection(BuiltImagesCollection.Name)]
[NeedsContainers]
[NeedsRabbitMq]
public sealed class Running_the_images(BuiltImages images)
{
    // For a busy machine; a program that ends is not waited for.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_gracePeriod = TimeSpan.FromSeconds(60);

    [Fact(Timeout = 600_000)]
    public async Task Publishes_a_benchmark_as_a_user_without_rights_and_ends_on_SIGTERM()
    {
        await using var broker = await RabbitServer.StartAsync();
        using var site = new ContainerSite(images.Podman, broker.Address("/"));
        foreach (var service in BuiltImages.Services)
            site.Start(service);

        foreach (var service in BuiltImages.Services)
        {
            await site.UntilAsync(s_patience, $"{service} is ready", () => site.IsReadyAsync(service));
            site.RightsOf(service).Should().BeEquivalentTo(ProcessRights.Restricted, $"{service} runs like that");
        }
        await site.UntilAsync(s_patience, "the model is published", () => Task.FromResult(File.Exists(site.Benchmark)));
        var exitCodes = await site.TerminateAsync(s_gracePeriod);

        (await File.ReadAllLinesAsync(site.Benchmark)).Should().HaveCount(101).And.HaveElementAt(1, "1,0.5");
        exitCodes.Should().BeEquivalentTo(BuiltImages.Services.ToDictionary(service => service, _ => 0));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Tells_what_it_is_and_by_which_rights_it_runs(string service)
    {
        string Of(string format) => images.Podman.Inspect(BuiltImages.NameOf(service), format).Trim();

        Of("{{index .Labels \"org.opencontainers.image.title\"}}").Should().Be($"Benchmark {service}");
        Of("{{index .Labels \"org.opencontainers.image.version\"}}").Should().Be("0.1.0");
        Of("{{index .Labels \"org.opencontainers.image.licenses\"}}").Should().Be("Apache-2.0");
        Of("{{.User}}").Should().Be("1654:0");
        Of("{{json .Config.Entrypoint}}").Should().Be("""["/app/benchmark"]""");
        Of("{{json .Config.ExposedPorts}}").Should().Be("""{"8080/tcp":{}}""");
    }

    public static TheoryData<string> Services => [.. BuiltImages.Services];
}
