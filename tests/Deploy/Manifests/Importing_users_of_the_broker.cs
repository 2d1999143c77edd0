namespace Benchmark.Deploy.Tests.Manifests;

[NeedsKustomize]
public sealed class Importing_users_of_the_broker
{
    [Fact]
    public void Finds_name_password_and_label_in_the_secret_of_each_user()
    {
        var manifests = Kustomize.BaseWith("rabbitmq-operator", "external-secrets");
        var names = manifests.Where(manifest => manifest.Kind == "User").Select(user => (
            User: user.Name, Secret: $"{user.Spec["importCredentialsSecret"]!["name"]}")).ToList();

        names.Should().NotBeEmpty();
        foreach (var (user, name) in names)
        {
            var vault = manifests.Single(manifest => manifest.Kind == "ExternalSecret"
                && $"{manifest.Spec["target"]!["name"]}" == name).Spec["target"]!["template"]!;
            var example = Secrets.Example.Single(secret => secret.Name == name).Node;
            foreach (var (labels, data) in new[]
            {
                (vault["metadata"]!["labels"], vault["data"]),
                (example["metadata"]!["labels"], example["stringData"]),
            })
            {
                Manifest.Texts(labels).Should().Contain("rabbitmq.com/topology-operator", "true", name);
                Manifest.Texts(data).Should().Contain("username", user).And.ContainKey("password", name);
            }
        }
    }
}
