namespace Benchmark.Deploy.Tests.Manifests;

[NeedsKustomize]
public sealed class Rendering_the_overlays
{
    public static TheoryData<string> Overlays => [.. Kustomize.Under(Kustomize.Overlays)];

    public static TheoryData<string> Components => [.. Kustomize.Under("deploy/openshift/components")];

    [Theory, MemberData(nameof(Overlays))]
    public void Makes_of_an_overlay_what_the_api_takes(string overlay) =>
        Kustomize.Overlay(overlay).SelectMany(StrictTypes.Problems).Should().BeEmpty();

    [Theory, MemberData(nameof(Components))]
    public void Takes_each_component_by_itself(string component)
    {
        // The tracer sends to the Agent that the component datadog finds.
        string[] components = component == "datadog-tracer" ? ["datadog", component] : [component];

        Kustomize.BaseWith(components).SelectMany(StrictTypes.Problems).Should().BeEmpty();
    }

    [Fact]
    public void Takes_all_components_that_go_together() =>
        Kustomize.BaseWith([.. Kustomize.Under("deploy/openshift/components")])
            .SelectMany(StrictTypes.Problems).Should().BeEmpty();

    [Fact]
    public void Lists_every_secret_in_a_form_that_the_api_takes() =>
        Secrets.Example.SelectMany(StrictTypes.Problems).Should().BeEmpty();
}
