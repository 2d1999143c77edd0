using System.Reflection;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

public sealed class Knowing_every_kind_of_source
{
    // Contracts, which have the list, cannot refer to the readers.
    [Fact]
    public void Reads_each_kind_that_the_registry_allows() =>
        SourceKinds.BuiltIn.Names.Should().BeEquivalentTo(SourceDefinition.Kinds);

    [Fact]
    public void Holds_each_kind_to_the_same_tests() =>
        typeof(Reading_any_source).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Reading_any_source)))
            .Select(
                type => type.Name["Reading_any_source_".Length..].ToLowerInvariant().Replace("postgresql", "postgres"))
            .Should().BeEquivalentTo(SourceDefinition.Kinds);

    [Fact]
    public void Says_what_each_member_of_a_kind_promises()
    {
        var guide = File.ReadAllText(RepositoryRoot.PathOf("docs/adding-a-source.md"));
        var members = typeof(SourceKind)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.IsVirtual)
            .Select(method => method.Name.Replace("get_", "", StringComparison.Ordinal));

        members.Should().AllSatisfy(member => guide.Should().Contain($"\n| `{member}` |"));
    }
}
