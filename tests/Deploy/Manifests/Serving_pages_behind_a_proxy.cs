using System.Text.Json.Nodes;
using Benchmark.Notifier.Pages;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>The component <c>pages</c>: who can reach the pages, and as whom.</summary>
[NeedsKustomize]
public sealed class Serving_pages_behind_a_proxy
{
    private readonly IReadOnlyList<Manifest> _manifests = Kustomize.BaseWith("pages");

    [Fact]
    public void Sends_people_from_the_route_to_the_proxy_and_from_there_to_the_pages()
    {
        var ports = Manifest.Objects(Proxy["ports"]).Select(port => $"{port["name"]}={port["containerPort"]}");

        ports.Should().Equal("pages=8443");
        Arguments.Should().Contain("--https-address=:8443").And.Contain("--http-address=")
            .And.Contain($"--upstream={new PagesOptions().Address}");
        Allowed("Ingress").Should().Equal("8443");
        Allowed("Egress").Should().Equal("6443");
    }

    [Fact]
    public void Believes_the_name_that_the_proxy_gives()
    {
        var settings = _manifests.Single(manifest =>
            manifest.Kind == "ConfigMap" && manifest.Name.StartsWith("benchmark-settings", StringComparison.Ordinal));

        $"{settings.Node["data"]!["Pages__TrustedHeader"]}".Should().Be("X-Forwarded-User");
        settings.Node["data"]!["Pages__Address"].Should().BeNull("only the pod's loopback has no way around the proxy");
    }

    [Fact]
    public void Gives_the_token_of_the_account_to_the_proxy_alone()
    {
        var notifier = Deployment.Containers.Single(container => $"{container["name"]}" == "notifier");

        Mounts(Proxy).Should().Contain("pages-token");
        Mounts(notifier).Should().NotBeEmpty().And.NotContain(mount => mount.StartsWith("pages-"));
    }

    [Fact]
    public void Lets_OpenShift_send_people_back_to_the_route()
    {
        var account = _manifests.Single(manifest => manifest is { Kind: "ServiceAccount", Name: "notifier" });
        var back = JsonNode.Parse($"{account.Node["metadata"]!["annotations"]![
            "serviceaccounts.openshift.io/oauth-redirectreference.pages"]}")!["reference"]!;

        _manifests.Should().Contain(manifest =>
            manifest.Kind == $"{back["kind"]}" && manifest.Name == $"{back["name"]}");
        Arguments.Should().Contain($"--openshift-service-account={account.Name}");
    }

    private Manifest Deployment => _manifests.Single(manifest => manifest is { Kind: "Deployment", Name: "notifier" });

    private JsonObject Proxy => Deployment.Containers.Single(container => $"{container["name"]}" == "pages-proxy");

    private IEnumerable<string> Arguments => Proxy["args"]!.AsArray().Select(argument => $"{argument}");

    private IEnumerable<string> Allowed(string direction) =>
        Manifest.Objects(_manifests.Single(manifest => manifest is { Kind: "NetworkPolicy", Name: "pages" })
            .Spec[direction.ToLowerInvariant()])
            .SelectMany(rule => Manifest.Objects(rule["ports"])).Select(port => $"{port["port"]}");

    private static IEnumerable<string> Mounts(JsonObject container) =>
        Manifest.Objects(container["volumeMounts"]).Select(mount => $"{mount["name"]}");
}
