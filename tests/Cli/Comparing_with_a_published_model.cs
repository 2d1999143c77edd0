namespace Benchmark.Cli.Tests;

/// <summary><c>benchmark psi value_stream/model FILE</c>.</summary>
public sealed class Comparing_with_a_published_model : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Reads_its_profile_alone()
    {
        await PublishAsync("m: {table: m, key: [id], columns: {note: {drift: off}}}");
        var current = _place.Write(
            "b.csv", ["id,score,note", .. Enumerable.Range(0, 1000).Select(i => $"{i + 5000},{i / 2},x")]);
        // Not even there any more: only the profile is read.
        File.Delete(_place.OnVolume("vs/m/benchmark.csv"));
        File.Delete(_place.OnVolume("vs/m/.versions/000001/benchmark.csv"));

        var result = await _place.RunAsync("psi", "vs/m", current, "--json");

        var column = result.Json.GetProperty("columns").EnumerateArray().Should().ContainSingle().Subject;
        column.GetProperty("column").GetString().Should().Be("score");
        column.GetProperty("psi").GetDouble().Should().BeGreaterThan(1);
        result.Error.Should().Contain("id (key)").And.Contain("note (drift: off)");
        result.ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task Takes_its_limits_from_the_registry()
    {
        await PublishAsync("m: {table: m, drift: {fail: 100}}");
        var current = _place.Write(
            "b.csv", ["id,score,note", .. Enumerable.Range(0, 1000).Select(i => $"{i},{i / 2},x")]);

        var result = await _place.RunAsync("psi", "vs/m", current, "--column", "score", "--json");

        result.Json.GetProperty("columns")[0].GetProperty("band").GetString().Should().Be("shifted");
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Keeps_its_frozen_bins()
    {
        await PublishAsync("m: {table: m}");
        var current = _place.Write("b.csv", ["score", "1"]);

        var result = await _place.RunAsync("psi", "vs/m", current, "--bins", "5");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("frozen").And.Contain("--bins");
    }

    [Fact]
    public async Task Says_that_its_bins_are_estimates()
    {
        await PublishAsync("m: {table: m, key: [id], columns: {note: {drift: off}}}");
        var profile = _place.OnVolume("vs/m/.versions/000001/profile.json");
        var sketched = File.ReadAllText(profile)
            .Replace("\"name\": \"score\",", "\"name\": \"score\", \"rank_error\": 0.001,", StringComparison.Ordinal);
        File.WriteAllText(profile, sketched);

        var result = await _place.RunAsync("psi", "vs/m", _place.OnVolume("vs/m/benchmark.csv"));

        result.Error.Should().Contain(
            "Column score: the benchmark's bins are from a sketch. The share of one may be off by 0.002.");
    }

    [Fact]
    public async Task Says_what_to_do_when_its_profile_is_gone()
    {
        await PublishAsync("m: {table: m, key: [id], columns: {note: {drift: off}}}");
        File.Delete(_place.OnVolume("vs/m/.versions/000001/profile.json"));

        var result = await _place.RunAsync("psi", "vs/m", _place.OnVolume("vs/m/benchmark.csv"));

        result.Error.Should().Contain("profile.json is missing.").And.Contain("compare with the data itself: ");
        result.ExitCode.Should().Be(3);
    }

    [Fact]
    public async Task Keeps_infinities_in_the_bins_that_its_profile_has_them_in()
    {
        await PublishAsync(
            "m: {query: \"select id, case when id % 10 = 0 then 'infinity'::double else score end as score from m\", "
            + "key: [id]}");
        var current = _place.Write(
            "b.csv", ["id,score", .. Enumerable.Range(0, 1000).Select(i => i % 10 == 0 ? $"{i},inf" : $"{i},{i}.0")]);

        var result = await _place.RunAsync("psi", "vs/m", current, "--json");

        result.Json.GetProperty("columns")[0].GetProperty("psi").GetDouble().Should().Be(0);
        result.ExitCode.Should().Be(0);
    }

    private async Task PublishAsync(string model)
    {
        _place.Warehousing("create table m as select range as id, range as score, 'x' as note from range(1000)");
        _place.Registers(model);
        (await _place.RunAsync("refresh", "--all")).ExitCode.Should().Be(0);
    }
}
