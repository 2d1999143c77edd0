using System.Text.Json.Nodes;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>What the tests of this folder say of a manifest that somebody has just broken.</summary>
[NeedsKustomize]
public sealed class Catching_typos
{
    private readonly List<Manifest> _overlay = [.. Kustomize.Overlay("prod").Select(manifest => manifest.Copy())];

    [Fact]
    public void Names_a_member_that_the_api_does_not_have()
    {
        var job = CronJob.Spec["jobTemplate"]!["spec"]!.AsObject();
        var pod = CronJob.Pod!;
        pod.Remove("restartPolicy");
        pod["restartPolcy"] = "Never";
        StrictTypes.Problems(CronJob).Should().ContainSingle().Which.Should().Contain("'restartPolcy'");

        pod.Remove("restartPolcy");
        pod.Remove("volumes", out var volumes);
        job["volumes"] = volumes;
        StrictTypes.Problems(CronJob).Should().ContainSingle()
            .Which.Should().Contain("'volumes'").And.Contain("JobSpec");
    }

    [Fact]
    public void Names_a_value_of_another_type()
    {
        CronJob.Spec["startingDeadlineSeconds"] = "600";
        Of("ConfigMap", "model-config").Node["data"]!["VALIDATION_THRESHOLD"] = 0.05;

        _overlay.SelectMany(StrictTypes.Problems).Should().SatisfyRespectively(
            first => first.Should().Contain("$.data.VALIDATION_THRESHOLD"),
            second => second.Should().Contain("startingDeadlineSeconds"));
    }

    [Fact]
    public void Names_a_member_that_a_published_schema_does_not_have()
    {
        Of("ScaledObject", "fetcher").Spec["colldownPeriod"] = 300;
        Of("ScaledObject", "validator").Spec["triggers"]![0]!["metadata"]!["value"] = 2;

        _overlay.SelectMany(StrictTypes.Problems).Should().BeEquivalentTo(
        [
            "ScaledObject fetcher: NoAdditionalPropertiesAllowed: #/spec.colldownPeriod",
            "ScaledObject validator: StringExpected: #/spec.triggers[0].metadata.value",
        ]);
    }

    [Fact]
    public void Names_an_option_that_a_monitor_does_not_have()
    {
        var monitor = Monitor.Read("notifier-silent");
        monitor.Json["options"]!["notify_no_dataa"] = true;
        monitor.Json["options"]!["thresholds"]!["critical"] = 1;

        monitor.Problems().Should().BeEquivalentTo(
        [
            "notifier-silent: options has no notify_no_dataa",
            "notifier-silent: the query says 0 and thresholds.critical 1",
        ]);
    }

    [Fact]
    public void Names_what_a_reference_does_not_find()
    {
        var fetcher = Of("Deployment", "fetcher");
        Variable(fetcher, "SNOWFLAKE_CONN")["valueFrom"]!["secretKeyRef"]!["key"] = "conection-string";
        fetcher.Pod!["serviceAccountName"] = "fecther";
        fetcher.Containers.Single()["livenessProbe"]!["httpGet"]!["port"] = "htpp";
        Of("Service", "notifier").Spec["selector"] = new JsonObject { ["app.kubernetes.io/name"] = "notifer" };

        References.Problems(_overlay, Secrets.FromVault(_overlay)).Should().BeEquivalentTo(
        [
            "Deployment fetcher: no key conection-string in the Secret snowflake-secret",
            "Deployment fetcher: no ServiceAccount fecther",
            "Deployment fetcher: no port htpp",
            "Service notifier: selects no pods",
        ]);
    }

    [Fact]
    public void Names_a_right_that_a_pod_must_not_have()
    {
        var container = Of("Deployment", "publisher").Containers.Single();
        container["securityContext"]!["readOnlyRootFilesystem"] = false;
        container["securityContext"]!["runAsUser"] = 10001;
        container["image"] = "registry.bank.example/benchmark/publisher:latest";

        _overlay.SelectMany(RestrictedPods.Problems).Should().BeEquivalentTo(
        [
            "Deployment publisher: readOnlyRootFilesystem is not true",
            "Deployment publisher: runAsUser is set, and the project gives a uid of its own",
            "Deployment publisher: registry.bank.example/benchmark/publisher:latest is not named by digest",
        ]);
    }

    private Manifest CronJob => Of("CronJob", "update-benchmarking-data");

    private static JsonObject Variable(Manifest manifest, string name) =>
        Manifest.Objects(manifest.Containers.Single()["env"]).Single(variable => $"{variable["name"]}" == name);

    private Manifest Of(string kind, string name) =>
        _overlay.Single(manifest => manifest.Kind == kind && manifest.Name == name);
}
