using System.Reflection;
using Benchmark.Tests.Support;

namespace Benchmark.Hosting.Tests;

public sealed class Describing_the_metrics
{
    private const string Document = "docs/metrics.md";
    private const string Begin = "<!-- metrics: made of Metrics, checked by tests/Hosting -->\n";
    private const string End = "<!-- end of metrics -->\n";

    [Fact]
    public void Keeps_the_documented_metrics_as_the_code_has_them()
    {
        var document = RepositoryRoot.Read(Document);
        var (begin, end) = (
            document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));

        Approved.Match(Document, document[..(begin + Begin.Length)] + Table() + document[end..]);
    }

    [Fact]
    public void Lists_every_metric_once()
    {
        var declared = typeof(Metrics).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(Metric))
            .Select(property => (Metric)property.GetValue(null)!);

        Metrics.All.Should().BeEquivalentTo(declared);
        Metrics.All.Select(metric => metric.Name).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Refuses_a_value_that_lacks_a_tag()
    {
        using var meter = new System.Diagnostics.Metrics.Meter("a test");
        var closed = new Instruments(meter).Counter(Metrics.RunsClosed);

        var count = () => closed.Add(1, "completed");

        count.Should().Throw<ArgumentException>().WithMessage("*benchmark.runs.closed*state, trigger*1 values*");
    }

    [Fact]
    public void Refuses_to_make_a_counter_of_a_gauge()
    {
        using var meter = new System.Diagnostics.Metrics.Meter("a test");

        var create = () => new Instruments(meter).Counter(Metrics.RunsOpen);

        create.Should().Throw<ArgumentException>().WithMessage("benchmark.runs.open is a Gauge, not a Counter.");
    }

    private static string Table() =>
        "| metric | type | unit | tags | exported by | what it tells |\n|---|---|---|---|---|---|\n"
        + string.Concat(Metrics.All.Select(Row));

    private static string Row(Metric metric) =>
        $"| `{metric.Name}` | {Type(metric.Kind)} | {metric.Unit} "
        + $"| {string.Join(", ", metric.Tags.Select(tag => $"`{tag}`"))} | {metric.Service} | {metric.Meaning} |\n";

    private static string Type(MetricKind kind) =>
        kind == MetricKind.UpDownCounter ? "up-down counter" : kind.ToString().ToLowerInvariant();
}
