namespace Benchmark.Cli.Tests;

public sealed class Suspending_models : IDisposable
{
    private const string Suspended = "{table: b, suspend: {until: 2199-12-31, reason: The table is being rebuilt}}";

    private readonly Workplace _place = new();

    public Suspending_models()
    {
        _place.Warehousing("create table a as select 1 as id; create table b as select 1 as id");
        _place.Registers("a: {table: a}", $"b: {Suspended}");
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Leaves_a_suspended_model_out_unless_it_is_named()
    {
        var all = await _place.RunAsync("refresh", "--all", "--dry-run");
        var stream = await _place.RunAsync("refresh", "vs", "--dry-run");
        var glob = await _place.RunAsync("refresh", "vs/b*", "--dry-run");
        var named = await _place.RunAsync("refresh", "vs/b", "--dry-run");

        all.Output.Should().Be("vs/a\n");
        stream.Output.Should().Be("vs/a\n");
        glob.ExitCode.Should().Be(1);
        glob.Error.Should().Contain("vs/b is suspended until 2199-12-31: The table is being rebuilt.");
        named.Output.Should().Be("vs/b\n");
    }

    [Fact]
    public async Task Says_it_wherever_models_are_shown()
    {
        (await _place.RunAsync("refresh", "vs/b")).ExitCode.Should().Be(0);

        var list = await _place.RunAsync("models");
        var card = await _place.RunAsync("models", "vs/b");
        var json = await _place.RunAsync("models", "--json");

        const string Words = "suspended until 2199-12-31: The table is being rebuilt";
        list.Output.Should().Contain(Words);
        card.Output.Should().MatchRegex("suspended +until 2199-12-31: The table is being rebuilt");
        var b = json.Json.EnumerateArray().Single(model => model.GetProperty("model").GetString() == "b");
        b.GetProperty("suspended").GetProperty("until").GetString().Should().Be("2199-12-31");
        b.GetProperty("suspended").GetProperty("reason").GetString().Should().Be("The table is being rebuilt");
        b.GetProperty("late").GetBoolean().Should().BeFalse();
        (await File.ReadAllTextAsync(Directory.GetFiles(_place.OnVolume(".benchmark/reports")).Single()))
            .Should().Contain("vs/b until 2199-12-31: The table is being rebuilt");
    }

    [Fact]
    public async Task Reminds_of_suspensions_and_of_those_that_are_over()
    {
        _place.Registers($"b: {Suspended}", "a: {table: a, suspend: {until: 2020-01-31, reason: r}}");

        var check = await _place.RunAsync("check", "--offline");

        check.ExitCode.Should().Be(0, check.Output);
        check.Output.Should().Contain(
            "warning: model vs/b: it is suspended until 2199-12-31: The table is being rebuilt.")
            .And.Contain("warning: model vs/a: its suspension ended on 2020-01-31. Remove 'suspend'.");
    }
}
