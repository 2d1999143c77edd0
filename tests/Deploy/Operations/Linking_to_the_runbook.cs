using System.Text.RegularExpressions;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>Monitors link to the headings of the runbook, and the runbook to those of other pages.</summary>
public sealed partial class Linking_to_the_runbook
{
    [Theory]
    [InlineData("Alert: model overdue")]
    [InlineData("Alert: refresh failed or missing")]
    [InlineData("Alert: refresh rejected")]
    [InlineData("Alert: run past its deadline")]
    [InlineData("Alert: message in an error queue")]
    [InlineData("Alert: delivery given up")]
    [InlineData("Alert: reconciliation mismatch")]
    [InlineData("Alert: Notifier silent or registry invalid")]
    public void Finds_a_command_under_every_alert(string heading)
    {
        Runbook.Headings.Should().Contain(heading);
        Runbook.Steps.Where(step => step.Section == heading).Should().NotBeEmpty();
    }

    [Fact]
    public void Finds_every_heading_that_the_runbook_links_to()
    {
        var links = Link().Matches(Runbook.Text).Select(match => (
            Page: match.Groups["page"].Value is { Length: > 0 } page ? $"docs/{page}" : Runbook.Path,
            Anchor: match.Groups["anchor"].Value)).ToList();

        links.Should().HaveCountGreaterThan(5);
        foreach (var (page, anchor) in links)
            Anchors(RepositoryRoot.Read(page)).Should().Contain(anchor, $"the runbook links to {page}#{anchor}");
    }

    // As GitHub makes them.
    private static IEnumerable<string> Anchors(string text) => Heading().Matches(text)
        .Select(match => NoLetter().Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<page>[a-z-]+\.md)?#(?<anchor>[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NoLetter();
}
