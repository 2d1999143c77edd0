using System.Text.Json.Nodes;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

[Collection(BuiltImagesCollection.Name)]
[NeedsContainers]
[NeedsCompose]
[NeedsRabbitMq]
[NeedsPostgreSql]
public sealed class Starting_the_composition(BuiltImages images)
{
    // For a busy machine; none of it is waited for longer than it takes.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    private static readonly string[] s_sample =
    [
        "value_stream_1/common/shared_data.csv", "value_stream_2/common/shared_data.csv",
        "value_stream_1/model_x/benchmark.csv", "value_stream_1/model_y/benchmark.csv",
        "value_stream_2/model_a/benchmark.csv", "value_stream_2/model_b/benchmark.csv",
    ];

    [Fact(Timeout = 900_000)]
    public async Task Publishes_the_sample_mails_the_report_and_ends_in_time()
    {
        using var system = await ComposedSystem.PrepareAsync(images.Podman);

        await system.UpAsync();
        foreach (var service in system.Services)
        {
            await system.UntilAsync(
                s_patience, $"{service} is ready", () => system.Get(service, 8080, "/health/ready") == "Healthy");
            var process = system.MainProcessOf(service);
            ProcessRights.Of(process).Should().BeEquivalentTo(
                new Dictionary<string, string>(ProcessRights.Restricted) { ["Uid"] = "1654" }, $"so runs {service}");
            ProcessRights.CanWriteItsRoot(process).Should().BeFalse($"so runs {service}");
        }
        await system.UntilAsync(
            s_patience, "the sample is published", () => s_sample.All(system.Published().Contains));
        await system.UntilAsync(s_patience, "both teams have mail", () => Recipients(system).Count() == 2);
        system.Get("rabbitmq", 15672, "/api/overview", "benchmark:benchmark").Should().Contain("rabbitmq_version");
        var exitCodes = system.Stop();

        exitCodes.Keys.Should().BeEquivalentTo("scheduler", "fetcher", "validator", "publisher", "notifier");
        exitCodes.Values.Should().AllBeEquivalentTo(0);
    }

    private static IEnumerable<string> Recipients(ComposedSystem system) =>
        JsonNode.Parse(system.Get("mail", 80, "/api/messages") ?? """{"results":[]}""")!["results"]!.AsArray()
            .SelectMany(message => message!["to"]!.AsArray()).Select(recipient => $"{recipient}").Distinct();
}
