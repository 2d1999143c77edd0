using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

/// <summary>
/// Each call on a name is a round trip to the file server, some milliseconds on EFS, and each flush more. Counted over
/// all three services that work on a model, from the Fetcher's first look to the removal of what was staged.
/// </summary>
[NeedsStrace]
public sealed class Counting_calls_on_the_volume : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact(Timeout = 300_000)]
    public async Task Stays_within_what_a_model_may_cost()
    {
        _place.Warehousing("create table unused as select 1 as id");
        await RefreshAsync(factor: 7);

        var published = await RefreshAsync(factor: 11);
        var unchanged = await RefreshAsync(factor: 11);

        published.Outcome.Should().Be("published");
        published.Names.Should().HaveCountLessThanOrEqualTo(40);
        published.Flushes.Should().HaveCountLessThanOrEqualTo(7);
        unchanged.Outcome.Should().Be("unchanged");
        unchanged.Names.Should().HaveCountLessThanOrEqualTo(12);
        unchanged.Flushes.Should().HaveCountLessThanOrEqualTo(1);
    }

    private async Task<Refresh> RefreshAsync(int factor)
    {
        _place.Registers($"m: {{query: 'select i as id, (i * {factor}) % 997 as score from range(1000) t(i)', "
            + "columns: {id: {drift: off}, score: {drift: off}}}");
        var trace = _place.InDirectory("trace");
        // With the path of each descriptor.
        using var traced = Strace.Start(
            "-y", "-o", trace, "-e", "trace=%file,fsync,fdatasync",
            "dotnet", "exec", typeof(Workplace).Assembly.Location.Replace("Benchmark.Cli.Tests", "benchmark"),
            "refresh", "--all", "--json",
            "--root", _place.Volume, "--registry", _place.Registry, "--state", _place.State);
        (await traced.ExitAsync()).Should().Be(0, traced.Error);
        var calls = (await File.ReadAllLinesAsync(trace)).Where(call => !call.Contains("resumed>")).ToList();
        // Before it, the Publisher looks at every model, once per process.
        calls.RemoveRange(0, calls.FindIndex(call => call.Contains("mkdir(") && call.Contains("/.staging/")));
        return new Refresh(
            new CommandResult(0, traced.Output, "").Model("m").GetProperty("outcome").GetString()!,
            [.. calls.Where(call => call.Contains($"\"{_place.OnVolume("vs")}/"))],
            [.. calls.Where(call => call.Contains("sync(") && call.Contains($"<{_place.OnVolume("vs")}/"))]);
    }

    private sealed record Refresh(string Outcome, IReadOnlyList<string> Names, IReadOnlyList<string> Flushes);
}
