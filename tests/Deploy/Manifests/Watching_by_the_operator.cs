using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Manifests;

[NeedsKustomize]
public sealed class Watching_by_the_operator
{
    [Fact]
    public void Gets_the_json_of_the_api_unchanged()
    {
        var files = Monitor.Names.Select(name => (name, $"monitors/{name}")).Append(("dashboard", "dashboard"));
        var expected = files.ToDictionary(
            file => $"benchmark-{file.Item1}", file => RepositoryRoot.Read($"deploy/datadog/{file.Item2}.json"));

        var resources = Kustomize.BaseWith("datadog")
            .Where(manifest => manifest.Kind == "DatadogGenericResource").ToList();

        resources.ToDictionary(resource => resource.Name, resource => $"{resource.Spec["jsonSpec"]}")
            .Should().BeEquivalentTo(expected);
        resources.Should().AllSatisfy(resource => $"{resource.Spec["type"]}".Should().Be(
            resource.Name == "benchmark-dashboard" ? "dashboard" : "monitor"));
    }
}
