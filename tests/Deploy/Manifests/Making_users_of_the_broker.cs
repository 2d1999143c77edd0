using System.Text;
using System.Text.Json.Nodes;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Manifests;

public sealed class Making_users_of_the_broker
{
    private const string Nothing = "^$";

    [Fact]
    public void Gives_the_operator_the_users_and_permissions_of_the_definitions()
    {
        var permissions = JsonNode.Parse(RepositoryRoot.Read("deploy/rabbitmq/permissions.json"))!["permissions"];
        var users = new StringBuilder(
            "# Generated from deploy/rabbitmq/permissions.json; a test holds both together.\n");

        users.AppendJoin("---\n", Manifest.Objects(permissions).Select(User));

        Approved.Match("deploy/openshift/components/rabbitmq-operator/users.yaml", users.ToString());
    }

    [Fact]
    public void Tells_by_hand_to_make_each_user()
    {
        var steps = RepositoryRoot.Read("deploy/rabbitmq/README.md").Split("```")[1];
        var users = Manifest.Objects(
                JsonNode.Parse(RepositoryRoot.Read("deploy/rabbitmq/permissions.json"))!["permissions"])
            .Select(permission => $"{permission["user"]}").Append("topology");

        users.Should().AllSatisfy(user => steps.Should().MatchRegex($@"(for user in .*|add_user )\b{user}\b"));
    }

    // Who may do nothing with messages is there to read the lengths of queues.
    private static string User(JsonObject permission)
    {
        string[] patterns = [.. new[] { "configure", "write", "read" }.Select(of => $"{permission[of]}")];
        var tags = patterns.All(pattern => pattern == Nothing) ? "\n  tags: [monitoring]" : "";
        return $$"""
            apiVersion: rabbitmq.com/v1beta1
            kind: User
            metadata:
              name: {{permission["user"]}}
            spec:{{tags}}
              importCredentialsSecret: {name: rabbitmq-{{permission["user"]}}}
              rabbitmqClusterReference: {name: rabbitmq}
            ---
            apiVersion: rabbitmq.com/v1beta1
            kind: Permission
            metadata:
              name: {{permission["user"]}}
            spec:
              vhost: {{permission["vhost"]}}
              user: {{permission["user"]}}
              permissions:
                configure: '{{patterns[0]}}'
                write: '{{patterns[1]}}'
                read: '{{patterns[2]}}'
              rabbitmqClusterReference: {name: rabbitmq}

            """;
    }
}
