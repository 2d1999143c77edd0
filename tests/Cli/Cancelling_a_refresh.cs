namespace Benchmark.Cli.Tests;

public sealed class Cancelling_a_refresh : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Leaves_no_half_file_and_the_next_run_is_fine(string signal)
    {
        _place.Warehousing("create table quick as select 1 as id");
        _place.Registers([
            .. Enumerable.Range(1, 8)
                .Select(i => $"m{i}: {{query: \"select i as id, {i} as n from range(300000) r(i)\"}}"),
            "quick: {table: quick}",
            "slow: {query: \"select i as id, md5(i::varchar) as text from range(100000000) r(i)\"}"]);
        var refresh = _place.Start("refresh", "--all");
        // Its staged file has begun to grow: it is in the middle.
        await Workplace.UntilAsync(refresh, () => Directory.Exists(_place.OnVolume("vs/slow/.staging")));

        var exitCode = await refresh.EndAsync(signal);

        exitCode.Should().Be(130);
        File.Exists(_place.OnVolume("vs/slow/benchmark.csv")).Should().BeFalse();
        Directory.GetDirectories(_place.OnVolume("vs"), ".staging", SearchOption.AllDirectories)
            .SelectMany(area => Directory.GetDirectories(area)).Should().BeEmpty();
        var runs = await _place.RunAsync("runs", "--json");
        runs.Json[0].GetProperty("state").GetString().Should().Be("incomplete");
        var next = await _place.RunAsync("refresh", "vs/quick");
        next.ExitCode.Should().Be(0, next.Error);
    }

    [Fact]
    public async Task Ends_when_the_database_of_its_run_is_removed()
    {
        _place.Warehousing("create table unused as select 1 as id");
        _place.Registers("slow: {query: \"select i as id, md5(i::varchar) as text from range(100000000) r(i)\"}");
        var refresh = _place.Start("refresh", "--all");
        await Workplace.UntilAsync(refresh, () => refresh.Error.Contains("1 model"));

        Directory.Delete(_place.State, recursive: true);

        (await refresh.ExitAsync()).Should().Be(3, refresh.Error);
        refresh.Error.Should().Contain("no longer in the database of runs").And.Contain("benchmark models");
    }
}
