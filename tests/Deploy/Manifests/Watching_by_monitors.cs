using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Benchmark.Contracts;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Manifests;

public sealed class Watching_by_monitors
{
    private const string Runbook = "docs/operations.md";
    private const string Heading = "### Alert: ";

    public static TheoryData<string> Monitors => [.. Monitor.Names];

    [Theory, MemberData(nameof(Monitors))]
    public void Is_a_monitor_that_the_api_takes(string name) => Monitor.Read(name).Problems().Should().BeEmpty();

    [Theory, MemberData(nameof(Monitors))]
    public void Asks_for_a_metric_that_is_exported_with_these_tags(string name) =>
        MetricQuery.Problems(Monitor.Read(name).Query).Should().BeEmpty();

    [Theory, MemberData(nameof(Monitors))]
    public void Pages_once_for_a_value_stream_and_not_for_each_model(string name) =>
        Monitor.Read(name).Query.Should().NotMatchRegex(@"by \{[^}]*\bmodel\b");

    [Theory, MemberData(nameof(Monitors))]
    public void Tells_whom_it_is_for_and_what_to_do_first(string name) =>
        Monitor.Read(name).Message.Should().Contain("\n\nFirst: ").And.EndWith("\n\n@benchmark-team");

    [Fact]
    public void Has_a_paragraph_of_the_runbook_for_each_monitor()
    {
        var paragraphs = RepositoryRoot.Read(Runbook).Split('\n')
            .Where(line => line.StartsWith(Heading, StringComparison.Ordinal))
            .Select(line => Anchor(line[4..]));

        var linked = Monitor.Names.Select(name =>
            Regex.Match(Monitor.Read(name).Message, @"docs/operations\.md#(\S+)").Groups[1].Value);

        linked.Should().BeEquivalentTo(paragraphs).And.HaveCount(8);
    }

    [Theory, MemberData(nameof(Monitors))]
    public void Says_what_no_data_means_where_it_notifies_of_it(string name)
    {
        var monitor = Monitor.Read(name);
        var options = monitor.Json["options"]!;

        var notifies = options["notify_no_data"]!.GetValue<bool>();

        notifies.Should().Be(name is "notifier-silent" or "run-past-deadline");
        monitor.Message.Contains("{{#is_no_data}}").Should().Be(notifies);
        (options["no_data_timeframe"]?.GetValue<int>()).Should().Be(notifies ? 20 : null);
    }

    [Fact]
    public void Asks_for_outcomes_that_there_are()
    {
        var words = Enum.GetValues<Outcome>().Select(outcome => JsonSerializer.Serialize(outcome).Trim('"'));
        var asked = Monitor.Names
            .SelectMany(name => Regex.Matches(Monitor.Read(name).Query, @"outcome(?::| IN \()([a-z,]+)"))
            .SelectMany(match => match.Groups[1].Value.Split(','));

        asked.Should().BeEquivalentTo("failed", "missing", "rejected").And.BeSubsetOf(words);
    }

    [Fact]
    public void Shows_on_the_dashboard_what_is_exported()
    {
        var dashboard = JsonNode.Parse(RepositoryRoot.Read("deploy/datadog/dashboard.json"))!;
        var queries = Manifest.Objects(dashboard["widgets"])
            .SelectMany(widget => Manifest.Objects(widget["definition"]!["requests"]))
            .SelectMany(request => Manifest.Objects(request["queries"]))
            .Select(query => $"{query["query"]}").ToList();

        queries.Should().HaveCountGreaterThan(10);
        queries.SelectMany(MetricQuery.Problems).Should().BeEmpty();
    }

    [Theory]
    [InlineData("max:benchmark.model.overdeu{*}", "no metric benchmark.model.overdeu")]
    [InlineData("max:benchmark.model.overdue{*} by {team}", "has no tag team")]
    [InlineData("max:benchmark.model.overdue{region:eu}", "has no tag region")]
    [InlineData("max:benchmark.runs.open{*} + max:benchmark.runs.shut{*}", "no metric benchmark.runs.shut")]
    [InlineData("sum:benchmark.model.overdue{*}", "sum is not for a Gauge")]
    public void Notices_a_query_of_what_is_not_exported(string query, string problem) =>
        MetricQuery.Problems(query).Should().ContainSingle().Which.Should().EndWith(problem);

    // As GitHub and GitLab make an anchor of a heading.
    private static string Anchor(string heading) =>
        Regex.Replace(heading.ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-');
}
