namespace Benchmark.Deploy.Tests.Manifests;

[NeedsKustomize]
public sealed class Mounting_the_volume
{
    private readonly IReadOnlyList<Manifest> _all =
        Kustomize.BaseWith([.. Kustomize.Under("deploy/openshift/components")]);

    [Fact]
    public void Asks_the_efs_driver_for_no_access_mode_that_it_refuses()
    {
        var volumes = _all.Where(manifest => manifest.Kind == "PersistentVolume"
            && $"{manifest.Spec["csi"]!["driver"]}" == "efs.csi.aws.com").ToList();

        volumes.Should().HaveCount(2);
        foreach (var volume in volumes)
        {
            var claim = _all.Single(manifest => manifest.Kind == "PersistentVolumeClaim"
                && $"{manifest.Spec["volumeName"]}" == volume.Name);
            foreach (var manifest in new[] { volume, claim })
                manifest.Spec["accessModes"]!.ToJsonString().Should().Be("""["ReadWriteMany"]""", $"{manifest}");
        }
    }

    [Fact]
    public void Lets_a_reader_write_nothing()
    {
        var readers = _all.Where(manifest => Manifest.Objects(manifest.Pod?["volumes"])
            .Any(volume => $"{volume["persistentVolumeClaim"]?["claimName"]}" == "benchmark-reader")).ToList();

        readers.Should().NotBeEmpty();
        foreach (var reader in readers)
        {
            var volume = Manifest.Objects(reader.Pod!["volumes"])
                .Single(volume => $"{volume["persistentVolumeClaim"]?["claimName"]}" == "benchmark-reader");
            $"{volume["persistentVolumeClaim"]!["readOnly"]}".Should().Be("true");
            reader.Containers.SelectMany(container => Manifest.Objects(container["volumeMounts"]))
                .Where(mount => $"{mount["name"]}" == $"{volume["name"]}")
                .Should().AllSatisfy(mount => $"{mount["readOnly"]}".Should().Be("true"));
        }
    }

    // Such objects belong to the cluster, and an administrator of a project may not make them.
    [Fact]
    public void Has_nothing_of_the_cluster_in_the_base() =>
        Kustomize.BaseWith().Select(manifest => manifest.Kind).Should().NotContain("PersistentVolume");
}
