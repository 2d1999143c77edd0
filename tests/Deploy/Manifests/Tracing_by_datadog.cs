using System.Text.Json.Nodes;
using Benchmark.Contracts;

namespace Benchmark.Deploy.Tests.Manifests;

[NeedsKustomize]
public sealed class Tracing_by_datadog
{
    private readonly IReadOnlyList<Manifest> _all =
        Kustomize.BaseWith([.. Kustomize.Under("deploy/openshift/components")]);

    [Fact]
    public void Traces_the_services_alone() =>
        _all.Where(IsTraced).Select(manifest => manifest.Name)
            .Should().BeEquivalentTo([.. Queues.All, "update-benchmarking-data"]);

    [Fact]
    public void Gives_the_tracer_an_agent_and_a_place_for_its_log()
    {
        foreach (var manifest in _all.Where(IsTraced))
        {
            var container = manifest.Main;
            var mount = Manifest.Objects(container["volumeMounts"])
                .Should().ContainSingle(mount => $"{mount["mountPath"]}" == "/tmp", manifest.ToString()).Which;

            Manifest.Objects(manifest.Pod!["volumes"]).Single(volume => $"{volume["name"]}" == $"{mount["name"]}")
                .Should().ContainKey("emptyDir");
            Variables(manifest).Should().Contain("DD_AGENT_HOST", "$(HOST_IP)", manifest.ToString())
                .And.Contain("DD_TRACE_LOG_DIRECTORY", "/tmp");
        }
    }

    private bool IsTraced(Manifest manifest) =>
        manifest.Pod is not null && Variables(manifest).GetValueOrDefault("CORECLR_ENABLE_PROFILING") == "1";

    // As the kubelet has it: what the container says itself beats what is from a ConfigMap, and the last one wins.
    private Dictionary<string, string> Variables(Manifest manifest)
    {
        var variables = new Dictionary<string, string>();
        foreach (var container in manifest.Containers)
        {
            foreach (var (name, value) in Manifest.Objects(container["envFrom"]).SelectMany(Data))
                variables[name] = value;
            foreach (var variable in Manifest.Objects(container["env"]))
                variables[$"{variable["name"]}"] = $"{variable["value"]}";
        }
        return variables;
    }

    private IReadOnlyDictionary<string, string> Data(JsonObject source) => Manifest.Texts(_all.Single(manifest =>
        manifest.Kind == "ConfigMap" && manifest.Name == $"{source["configMapRef"]!["name"]}").Node["data"]);
}
