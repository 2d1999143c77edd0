using Benchmark.Deploy.Tests.Manifests;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>The overlay dev as it is rendered, in pods, on a real RabbitMQ with each service's own user.</summary>
[Collection(BuiltImagesCollection.Name)]
[NeedsContainers]
[NeedsPods]
[NeedsKustomize]
[NeedsRabbitMq]
public sealed class Playing_an_overlay(BuiltImages images)
{
    // For a busy machine; a pod that ends is not waited for.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    [Fact(Timeout = 600_000)]
    public async Task Publishes_a_benchmark_from_the_manifests_and_ends_its_pods_in_time()
    {
        await using var broker = await RabbitServer.StartAsync();
        using var site = await PlayedOverlay.PrepareAsync(images.Podman, "dev", broker);

        Succeeds(site.RunJob("Job", "topology"));
        site.StartDeployments();
        foreach (var deployment in site.Deployments)
        {
            await site.UntilReadyAsync(deployment, s_patience);
            var process = site.MainProcessOf(deployment);
            ProcessRights.Of(process).Should().BeEquivalentTo(ProcessRights.Restricted, $"{deployment} runs like that");
            ProcessRights.CanWriteItsRoot(process).Should().BeFalse($"{deployment} runs like that");
        }
        Succeeds(site.RunJob("CronJob", "update-benchmarking-data"));
        await site.UntilPublishedAsync(s_patience);
        var exitCodes = site.StopDeployments();

        (await File.ReadAllLinesAsync(site.Benchmark)).Should().HaveCount(101).And.HaveElementAt(1, "1,0.5");
        exitCodes.Keys.Should().BeEquivalentTo("fetcher", "validator", "publisher", "notifier");
        exitCodes.Values.Should().AllBeEquivalentTo(0);
    }

    private static void Succeeds((int ExitCode, string Output) job) => job.ExitCode.Should().Be(0, job.Output);
}
