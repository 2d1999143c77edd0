namespace Benchmark.Deploy.Tests.Manifests;

[NeedsKustomize]
public sealed class Resolving_references
{
    public static TheoryData<string> Overlays => [.. Kustomize.Under(Kustomize.Overlays)];

    [Theory, MemberData(nameof(Overlays))]
    public void Finds_everything_that_an_overlay_refers_to(string overlay)
    {
        var manifests = Kustomize.Overlay(overlay);
        var vault = Secrets.FromVault(manifests);

        // A vault gives all Secrets, or none.
        References.Problems(manifests, vault.Count > 0 ? vault : Secrets.ByHand).Should().BeEmpty();
    }

    [Fact]
    public void Finds_everything_that_all_components_refer_to() =>
        References.Problems(
            Kustomize.BaseWith([.. Kustomize.Under("deploy/openshift/components")]), Secrets.ByHand).Should().BeEmpty();

    [Fact]
    public void Has_an_example_of_each_key_that_the_vault_gives()
    {
        var vault = Secrets.FromVault(Kustomize.BaseWith("external-secrets"));

        vault.Should().NotBeEmpty();
        vault.Should().AllSatisfy(secret => secret.Value.Should().BeSubsetOf(Secrets.ByHand[secret.Key]));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Lets_no_pod_go_without_a_network_policy(string overlay)
    {
        var manifests = Kustomize.Overlay(overlay);
        var denied = Manifest.Texts(manifests.Single(manifest => manifest.Name == "default-deny")
            .Spec["podSelector"]!["matchLabels"]).Single();

        manifests.Where(manifest => manifest.Pod is not null)
            .Should().AllSatisfy(manifest => manifest.PodLabels.Should().Contain(denied));
    }
}
