namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>Names that dashboards, scripts and people know from before.</summary>
[NeedsKustomize]
public sealed class Keeping_the_names_of_a_team
{
    public static TheoryData<string> Overlays => [.. Kustomize.Under(Kustomize.Overlays)];

    [Theory, MemberData(nameof(Overlays))]
    public void Keeps_the_cronjob_its_container_its_volume_and_its_claim(string overlay)
    {
        var job = Kustomize.Overlay(overlay).Single(manifest => manifest.Kind == "CronJob");
        var volumes = Manifest.Objects(job.Pod!["volumes"]);

        job.Name.Should().Be("update-benchmarking-data");
        $"{job.Containers.Single()["name"]}".Should().Be("data-update-container");
        $"{volumes.Single(volume => $"{volume["name"]}" == "efs-storage")["persistentVolumeClaim"]!["claimName"]}"
            .Should().Be("efs-pvc");
        volumes.Select(volume => $"{volume["configMap"]?["name"]}").Should().Contain("model-config");
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Keeps_the_secret_of_the_source(string overlay)
    {
        var fetcher = Kustomize.Overlay(overlay).Single(
            manifest => manifest is { Kind: "Deployment", Name: "fetcher" });

        var connection = Manifest.Objects(fetcher.Containers.Single()["env"])
            .Single(variable => $"{variable["name"]}" == "SNOWFLAKE_CONN")["valueFrom"]!["secretKeyRef"]!;
        $"{connection["name"]}/{connection["key"]}".Should().Be("snowflake-secret/connection-string");
    }

    [Fact]
    public void Keeps_the_settings_of_the_agent_and_its_key_in_a_secret()
    {
        var settings = Kustomize.Overlay("seed").Single(
            manifest => manifest is { Kind: "ConfigMap", Name: "datadog-agent" });

        Manifest.Texts(settings.Node["data"]).Keys.Concat(Secrets.ByHand["datadog-agent"])
            .Should().Contain(["DD_API_KEY", "DD_LOGS_ENABLED", "DD_LOG_LEVEL", "DD_TAGS"]);
        Manifest.Texts(settings.Node["data"]).Keys.Should().NotContain("DD_API_KEY");
    }
}
