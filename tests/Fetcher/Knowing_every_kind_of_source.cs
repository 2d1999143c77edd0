using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources;

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
            .Select(type => type.Name["Reading_any_source_".Length..].ToLowerInvariant().Replace("postgresql", "postgres"))
            .Should().BeEquivalentTo(SourceDefinition.Kinds);
}
