namespace Benchmark.Contracts.Tests;

/// <summary><c>as_of</c> and <c>ready</c>, which a model inherits like every other setting.</summary>
public sealed class Reading_at_one_moment : IDisposable
{
    private readonly RegistryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Holds_for_every_model_of_the_defaults()
    {
        var registry = _folder.Read("""
            version: 1
            defaults: {as_of: run, ready: select true, ready_timeout: 25m}
            value_streams:
              vs:
                common:
                  shared_data: {table: S}
                models:
                  m: {table: T, ready: select false}
            """);

        registry.Find("vs", "m").Should().BeEquivalentTo(new
        {
            AsOfRun = true,
            Ready = "select false",
            ReadyTimeout = TimeSpan.FromMinutes(25),
        });
        registry.Find("vs", "shared_data")!.Ready.Should().Be("select true");
    }

    [Fact]
    public void Is_what_a_model_gets_that_asks_for_nothing()
    {
        var registry = _folder.Read("""
            version: 1
            value_streams: {vs: {models: {m: {table: T}}}}
            """);

        registry.Find("vs", "m").Should().BeEquivalentTo(new
        {
            AsOfRun = false,
            Ready = (string?)null,
            ReadyTimeout = TimeSpan.FromMinutes(10),
        });
    }

    [Fact]
    public void Knows_no_other_moment() => _folder.Problems("""
        version: 1
        value_streams: {vs: {models: {m: {table: T, as_of: yesterday}}}}
        """).Should().ContainSingle().Which.Should().Contain("'as_of' must be").And.Contain("run");
}
