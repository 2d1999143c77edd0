using System.Text.RegularExpressions;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>What <c>docs/operations.md</c> tells the engineer on call to do, in its order.</summary>
internal static partial class Runbook
{
    public const string Path = "docs/operations.md";

    public static string Text { get; } = RepositoryRoot.Read(Path);

    /// <summary>The lines of its shell blocks, and its YAML blocks as a whole.</summary>
    public static IReadOnlyList<RunbookStep> Steps { get; } = [.. ReadSteps()];

    /// <summary>The headings, by their text.</summary>
    public static IReadOnlyList<string> Headings { get; } =
        [.. Heading().Matches(Text).Select(match => match.Groups["text"].Value)];

    private static IEnumerable<RunbookStep> ReadSteps()
    {
        var section = "";
        string? language = null;
        var yaml = new List<string>();
        foreach (var (line, number) in Text.Split('\n').Select((line, i) => (line.TrimEnd(), i + 1)))
        {
            var fence = line.TrimStart();
            if (language is null && Heading().Match(line) is { Success: true } heading)
                section = heading.Groups["text"].Value;
            else if (language is null && fence.StartsWith("```"))
                language = fence[3..];
            else if (fence == "```")
            {
                if (language == "yaml")
                    yield return new RunbookStep(section, number, "yaml", string.Join('\n', yaml));
                yaml.Clear();
                language = null;
            }
            else if (language == "sh")
                yield return new RunbookStep(section, number, fence.Split(' ')[0], fence);
            else if (language == "yaml")
                yaml.Add(line);
        }
    }

    [GeneratedRegex("^#{2,3} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}

/// <summary>One line of a shell block, or one YAML block.</summary>
/// <param name="Section">The heading above it.</param>
/// <param name="Line">Its line in the document; the last one of a block.</param>
/// <param name="Program">The program that the line runs, or <c>yaml</c>.</param>
/// <param name="Text">The line, or the block.</param>
internal sealed record RunbookStep(string Section, int Line, string Program, string Text)
{
    public override string ToString() => $"{Runbook.Path}:{Line}: {Text}";
}
