using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Tests.Support;

namespace Benchmark.Contracts.Tests;

public sealed class Keeping_the_glossary
{
    private static readonly string s_glossary = RepositoryRoot.Read("docs/glossary.md");

    [Fact]
    public void Defines_every_outcome() =>
        Enum.GetValues<Outcome>().Should().AllSatisfy(outcome => s_glossary.Should().Contain($"| {outcome.Word()} |"));

    [Fact]
    public void Says_every_word_that_messages_and_files_have() =>
        Words<Stage>().Concat(Words<RunTrigger>()).Concat(Words<RunState>()).Concat(Words<CheckStatus>())
            .Should().AllSatisfy(word => s_glossary.Should().Contain($"`{word}`"));

    [Fact]
    public void Defines_each_term_once()
    {
        var terms = s_glossary.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1].Trim())
            .Where(term => term != "term");

        terms.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(50);
    }

    private static IEnumerable<string> Words<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>().Select(value => value.Word());
}
