namespace Benchmark.Cli.Tests;

public sealed class Naming_many_models : IDisposable
{
    private readonly Workplace _place = new();

    public Naming_many_models() => File.WriteAllText(_place.Registry, """
        version: 1
        sources:
          memory: {kind: duckdb, connection: "Data Source=:memory:"}
        value_streams:
          credit:
            models:
              pd_retail: {query: select 1 as id}
              pd_sme: {query: select 1 as id}
              lgd: {query: select 1 as id}
          fraud:
            models:
              pd_cards: {query: select 1 as id}
        """);

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("credit", "credit/pd_retail", "credit/pd_sme", "credit/lgd")]
    [InlineData("credit/pd_*", "credit/pd_retail", "credit/pd_sme")]
    [InlineData("*/pd_*", "credit/pd_retail", "credit/pd_sme", "fraud/pd_cards")]
    [InlineData("credit/pd_sm?", "credit/pd_sme")]
    [InlineData("f*", "fraud/pd_cards")]
    [InlineData("fraud/pd_cards", "fraud/pd_cards")]
    public async Task Takes_a_value_stream_or_a_glob(string selector, params string[] meant)
    {
        var refresh = await _place.RunAsync("refresh", selector, "--dry-run");
        var models = await _place.RunAsync("models", selector, "--json");

        Lines(refresh.Output).Should().BeEquivalentTo(meant, refresh.Error);
        models.Json.EnumerateArray()
            .Select(model => $"{model.GetProperty("value_stream")}/{model.GetProperty("model")}")
            .Should().BeEquivalentTo(meant);
    }

    [Fact]
    public async Task Takes_each_model_once_however_often_it_is_named()
    {
        var refresh = await _place.RunAsync("refresh", "fraud/pd_cards", "fraud", "*/pd_cards", "--dry-run");

        Lines(refresh.Output).Should().Equal("fraud/pd_cards");
    }

    [Theory]
    [InlineData("credt", "No value stream 'credt' in the registry. Did you mean credit?")]
    [InlineData("pd_sme", "Did you mean credit/pd_sme?")]
    [InlineData("credit/pd_smee", "No model 'credit/pd_smee' in the registry. Did you mean credit/pd_sme?")]
    [InlineData("pd_*", "Nothing in the registry matches 'pd_*'. Did you mean '*/pd_*'?")]
    [InlineData("nothing_like_that", "Known are credit, fraud.")]
    public async Task Says_what_may_be_meant_by_a_selector_that_matches_nothing(string selector, string hint)
    {
        foreach (var command in (string[][])[["refresh", selector, "credit", "--dry-run"], ["models", selector]])
        {
            var result = await _place.RunAsync(command);

            result.ExitCode.Should().Be(1);
            result.Error.Should().Contain(hint);
            result.Output.Should().BeEmpty();
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
