namespace Benchmark.Cli.Tests;

/// <summary>Commands that take several models take a value stream or a glob as well.</summary>
public sealed class Choosing_models_everywhere : IDisposable
{
    private readonly Workplace _place = new();

    public Choosing_models_everywhere()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("good_a: {table: a}", "good_b: {table: a}", "bad: {table: missing}");
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("vs", 1)]
    [InlineData("vs/good_*", 0)]
    [InlineData("vs/bad", 1)]
    public async Task Checks_only_what_belongs_to_them(string models, int exitCode)
    {
        var result = await _place.RunAsync("check", models);

        result.ExitCode.Should().Be(exitCode, result.Output);
        if (exitCode != 0)
            result.Output.Should().Contain("model vs/bad");
    }

    [Fact]
    public async Task Says_what_was_meant_when_nothing_matches()
    {
        var result = await _place.RunAsync("check", "vs/god_a");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("Did you mean vs/good_a or vs/good_b?");
    }

    [Fact]
    public async Task Tests_only_the_channels_of_those_whom_they_tell()
    {
        _place.Registers(
            "good_a: {table: a, notify: {email: [ana@bank.example]}}",
            "good_b: {table: a, notify: {email: [ben@bank.example]}}");

        var result = await _place.RunAsync("notify", "test", "vs/good_b", "--json");

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Contain("ben@bank.example").And.NotContain("ana@bank.example");
    }
}
