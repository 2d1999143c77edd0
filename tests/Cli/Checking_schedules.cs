namespace Benchmark.Cli.Tests;

public sealed class Checking_schedules : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("0 0 1 * MON", "comes where the day of the month and the day of the week both fit, next on 20")]
    [InlineData("0 0 29 2 *", "comes rarely, next on 20")]
    public async Task Warns_of_one_that_may_not_be_meant(string schedule, string warning)
    {
        _place.Registers($"a: {{table: a, schedule: \"{schedule}\"}}");

        var check = await _place.RunAsync("check", "--offline");

        check.ExitCode.Should().Be(0, check.Output);
        check.Output.Should().Contain($"warning: model vs/a: the schedule '{schedule}' {warning}");
    }

    [Theory]
    [InlineData("0 0 1 * *")]
    [InlineData("@yearly")]
    [InlineData("0 6 * * MON-FRI")]
    [InlineData("0 0 L * *")]
    public async Task Says_nothing_of_a_usual_one(string schedule)
    {
        _place.Registers($"a: {{table: a, schedule: \"{schedule}\"}}");

        var check = await _place.RunAsync("check", "--offline");

        check.Output.Should().NotContain("schedule");
    }

    [Fact]
    public async Task Refuses_one_that_never_comes()
    {
        _place.Registers("a: {table: a, schedule: \"0 0 31 2 *\"}");

        var check = await _place.RunAsync("check", "--offline");

        check.ExitCode.Should().Be(1);
        check.Output.Should().Contain("'0 0 31 2 *' never fires");
    }
}
