namespace Benchmark.Cli.Tests;

public sealed class Mounting_the_right_volume : IDisposable
{
    private readonly Workplace _place = new();

    public Mounting_the_right_volume()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("refresh", "--all")]
    [InlineData("up")]
    [InlineData("check")]
    public async Task Refuses_a_root_that_does_not_exist_and_does_not_make_it(params string[] command)
    {
        _place.Volume = _place.InDirectory("nowhere");

        var result = await _place.RunAsync(command);

        result.ExitCode.Should().Be(3, result.Output);
        (result.Output + result.Error).Should().Contain($"There is no directory {_place.Volume}");
        Directory.Exists(_place.Volume).Should().BeFalse();
    }

    [Theory]
    [InlineData("refresh", "--all")]
    [InlineData("up")]
    [InlineData("check")]
    public async Task Refuses_an_empty_directory_in_place_of_the_one_with_the_versions(params string[] command)
    {
        await ReplaceAsync();

        var result = await _place.RunAsync(command);

        result.ExitCode.Should().Be(3, result.Output);
        (result.Output + result.Error).Should()
            .Contain("has no .benchmark/installation, but the database knows of runs")
            .And.Contain("benchmark volume accept");
        File.Exists(_place.OnVolume("vs/a/benchmark.csv")).Should().BeFalse();
    }

    [Fact]
    public async Task Takes_it_once_it_has_been_told_so()
    {
        await ReplaceAsync();

        var accept = await _place.RunAsync("volume", "accept");
        var refresh = await _place.RunAsync("refresh", "--all");
        var again = await _place.RunAsync("volume", "accept");

        accept.ExitCode.Should().Be(0, accept.Error);
        refresh.ExitCode.Should().Be(0, refresh.Error);
        again.Output.Should().Contain("already");
    }

    [Fact]
    public async Task Goes_on_where_the_volume_is_the_same()
    {
        (await _place.RunAsync("refresh", "--all")).ExitCode.Should().Be(0);

        (await _place.RunAsync("refresh", "--all")).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Knows_the_volume_of_a_refresh_that_was_broken_off()
    {
        _place.Registers("a: {query: \"select i as id, md5(i::varchar) as text from range(100000000) r(i)\"}");
        using var refresh = _place.Start("refresh", "--all");
        await Workplace.UntilAsync(refresh, () => Directory.Exists(_place.OnVolume("vs/a/.staging")));
        await refresh.KillAsync();
        _place.Registers("a: {table: a}");

        var again = await _place.RunAsync("refresh", "--all");

        again.ExitCode.Should().Be(0, again.Error);
    }

    private async Task ReplaceAsync()
    {
        (await _place.RunAsync("refresh", "--all")).ExitCode.Should().Be(0);
        Directory.Move(_place.Volume, _place.InDirectory("efs.real"));
        Directory.CreateDirectory(_place.Volume);
    }
}
