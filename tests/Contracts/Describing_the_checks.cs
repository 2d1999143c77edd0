using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Tests.Support;

namespace Benchmark.Contracts.Tests;

public sealed class Describing_the_checks
{
    private const string Document = "docs/checks.md";
    private const string Begin = "<!-- checks: made of CheckDescription, checked by tests/Contracts -->\n";
    private const string End = "<!-- end of checks -->\n";

    [Fact]
    public void Keeps_the_documented_checks_as_the_code_has_them()
    {
        var document = RepositoryRoot.Read(Document);
        var (begin, end) = (
            document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));

        Approved.Match(Document, document[..(begin + Begin.Length)] + Table() + document[end..]);
    }

    [Fact]
    public void Describes_each_check_once() =>
        Enum.GetValues<CheckName>().Select(CheckDescription.Of).Select(description => description.Check).Should()
            .Equal(Enum.GetValues<CheckName>());

    [Theory]
    [InlineData(
        "Look at the data. If it is right: benchmark refresh vs/m --force --reason TEXT", CheckName.Drift,
        CheckName.SchemaChange)]
    [InlineData("Fetch it again: benchmark refresh vs/m", CheckName.Integrity)]
    [InlineData(
        "Correct the source's data or, if that is right, the rule in the registry; then: benchmark refresh vs/m",
        CheckName.Drift, CheckName.Rows)]
    public void Advises_what_helps_against_every_failed_check(string advice, params CheckName[] failed) =>
        CheckDescription.NextStepAfter(failed, new ModelKey { ValueStream = "vs", Model = "m" }).Should().Be(advice);

    private static string Table() =>
        "| check | looks at | fails when | warns when | overruled by `--force` | next step "
        + "|\n|---|---|---|---|---|---|\n"
        + string.Concat(CheckDescription.All.Select(Row));

    private static string Row(CheckDescription check) =>
        $"| `{check.Check.Word()}` | {check.LooksAt} | {check.Fails} | {check.Warns ?? "never"} | "
        + $"{(check.IsOverruledByForce ? "yes" : "no")} | {check.NextStep} |\n";
}
