using System.CommandLine.Parsing;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>Lines of the runbook for a cluster: what they name is there, and <c>oc</c> knows their options.</summary>
public sealed class Naming_objects_of_the_cluster
{
    // The objects of deploy/openshift; $UPDATE is a Job that the runbook makes.
    private static readonly string[] s_objects =
    [
        "deployment/fetcher", "deployment/validator", "deployment/publisher", "deployment/notifier",
        "deployment/toolbox", "cronjob/update-benchmarking-data", "job/topology", "job/$UPDATE",
        "secret/snowflake-secret", "secret/notifier-secret", "secret/rabbitmq-fetcher", "secret/rabbitmq-keda",
        "externalsecret/rabbitmq-fetcher", "scaledobject/fetcher", "scaledobject/validator",
    ];

    private static readonly Dictionary<string, string[]> s_keys = new()
    {
        ["snowflake-secret"] = ["connection-string", "rsa_key.p8"],
        ["notifier-secret"] = ["database", "smtp-uri", "slack-webhook-url"],
        ["rabbitmq-fetcher"] = ["uri"],
        ["rabbitmq-keda"] = ["host", "username", "password"],
    };

    private static readonly string[] s_kinds = ["pod", "pods"];

    private static readonly string[] s_selectors =
        [.. new[] { "fetcher", "validator", "publisher", "notifier" }.Select(name => $"app.kubernetes.io/name={name}")];

    private static readonly string[] s_annotations =
        ["force-sync=$(date +%s)", "autoscaling.keda.sh/paused-replicas=0", "autoscaling.keda.sh/paused-replicas-"];

    // As `oc VERB --help` lists them.
    private static readonly Dictionary<string, string[]> s_options = new()
    {
        ["project"] = [],
        ["new-project"] = [],
        ["annotate"] = ["--overwrite"],
        ["debug"] = ["--keep-labels", "--quiet", "--image"],
        ["create secret generic"] = ["--from-file"],
        ["create job"] = ["--from"],
        ["set data"] = ["--from-file"],
        ["kustomize"] = [],
        ["apply"] = ["--server-side", "--dry-run", "-k"],
        ["delete"] = ["--ignore-not-found"],
        ["get"] = ["--output"],
        ["logs"] = ["--since", "--previous", "--selector", "--prefix", "--tail", "--follow", "--pod-running-timeout"],
        ["patch"] = ["--patch"],
        ["rollout restart"] = [],
        ["rollout status"] = ["--timeout"],
        ["rollout undo"] = [],
        ["scale"] = ["--replicas"],
        ["wait"] = ["--for", "--selector", "--timeout"],
    };

    public static TheoryData<string> Lines => [.. Runbook.Steps
        .Where(step => step.Program is "oc" or "alias")
        .Select(step => step.Text.Replace("alias benchmark='", "").TrimEnd('\''))
        .Distinct()];

    [Theory, MemberData(nameof(Lines))]
    public void Knows_the_verb_its_options_and_every_object(string line)
    {
        var words = CommandLineParser.SplitCommandLine(line).TakeWhile(word => word != "--").Skip(1).ToList();
        var verb = s_options.Keys.SingleOrDefault(verb => $"{string.Join(' ', words)} ".StartsWith($"{verb} "));

        verb.Should().NotBeNull($"'{line}' is of a verb that this test knows");
        var rest = words.Skip(verb!.Split(' ').Length).ToList();
        Options(rest).Should().BeSubsetOf(s_options[verb]);
        Objects(verb, rest).Should().BeSubsetOf(s_objects);
        Values(rest, "--selector").Should().BeSubsetOf(s_selectors);
        Keys(rest).Should().BeSubsetOf(s_keys.GetValueOrDefault(SecretOf(rest), []));
        foreach (var overlay in rest.Where(word => word.StartsWith("deploy/")))
            overlay.Should().BeOneOf("deploy/openshift/overlays/dev", "deploy/openshift/overlays/prod");
    }

    [Theory]
    [InlineData("oc scale deployment/fetchr --replicas=4")]
    [InlineData("oc scale deployment/fetcher --replica=4")]
    [InlineData("oc scal deployment/fetcher --replicas=4")]
    [InlineData("oc get notifier")]
    [InlineData("oc logs --selector=app.kubernetes.io/name=fetchr")]
    [InlineData("oc annotate scaledobject/fetcher autoscaling.keda.sh/paused=0")]
    [InlineData("oc set data secret/notifier-secret --from-file=smtp")]
    [InlineData("oc apply -k deploy/openshift/overlay/prod")]
    public void Refuses_a_mistake(string line)
    {
        var check = () => Knows_the_verb_its_options_and_every_object(line);

        check.Should().Throw<Xunit.Sdk.XunitException>();
    }

    private static IEnumerable<string> Options(IEnumerable<string> words) =>
        words.Where(word => word.StartsWith('-')).Select(word => word.Split('=')[0]);

    private static IEnumerable<string> Objects(string verb, IReadOnlyList<string> words) => verb switch
    {
        "create secret generic" => [$"secret/{words[0]}"],
        "create job" => [$"job/{words.Single(word => !word.StartsWith('-'))}", .. Values(words, "--from")],
        "project" or "new-project" or "kustomize" or "apply" => [],
        "patch" => [words[0]],
        "annotate" => words.Where(word => !word.StartsWith('-')).Except(s_annotations),
        _ => words.Where(word => !word.StartsWith('-') && !s_kinds.Contains(word)),
    };

    private static IEnumerable<string> Keys(IEnumerable<string> words) => Values(words, "--from-file");

    private static string SecretOf(IReadOnlyList<string> words) =>
        words.Count == 0 ? "" : words[0].Replace("secret/", "");

    private static IEnumerable<string> Values(IEnumerable<string> words, string option) =>
        words.Where(word => word.StartsWith($"{option}=")).Select(word => word[(option.Length + 1)..]);
}
