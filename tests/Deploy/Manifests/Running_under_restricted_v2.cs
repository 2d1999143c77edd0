namespace Benchmark.Deploy.Tests.Manifests;

[NeedsKustomize]
public sealed class Running_under_restricted_v2
{
    public static TheoryData<string> Overlays => [.. Kustomize.Under(Kustomize.Overlays)];

    [Theory, MemberData(nameof(Overlays))]
    public void Asks_for_nothing_that_is_refused(string overlay) =>
        Kustomize.Overlay(overlay).SelectMany(RestrictedPods.Problems).Should().BeEmpty();

    [Fact]
    public void Asks_for_nothing_with_any_component_either() =>
        Kustomize.BaseWith([.. Kustomize.Under("deploy/openshift/components")])
            .SelectMany(RestrictedPods.Problems).Should().BeEmpty();

    [Theory, MemberData(nameof(Overlays))]
    public void Keeps_sqlite_off_the_volume_and_alone(string overlay)
    {
        var manifests = Kustomize.Overlay(overlay);
        var notifier = manifests.Single(manifest => manifest is { Kind: "Deployment", Name: "notifier" });
        var state = Manifest.Objects(notifier.Pod!["volumes"]).Single(volume => $"{volume["name"]}" == "state");
        if (Manifest.Objects(notifier.Containers.Single()["env"])
            .Any(variable => $"{variable["name"]}" == "BENCHMARK_DATABASE"))
            return;

        var claim = manifests.Single(manifest => manifest.Kind == "PersistentVolumeClaim"
            && manifest.Name == $"{state["persistentVolumeClaim"]!["claimName"]}");
        claim.Spec["accessModes"]!.ToJsonString().Should().Be("""["ReadWriteOnce"]""");
        claim.Spec["storageClassName"].Should().BeNull();
        $"{notifier.Spec["strategy"]!["type"]}".Should().Be("Recreate");
        $"{notifier.Spec["replicas"]}".Should().Be("1");
    }
}
