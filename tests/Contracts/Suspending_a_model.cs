using Benchmark.Contracts.Registry;

namespace Benchmark.Contracts.Tests;

public sealed class Suspending_a_model : IDisposable
{
    private readonly RegistryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Holds_to_the_end_of_its_last_day_in_the_schedules_time_zone()
    {
        var model = Suspended("{until: 2027-01-31, reason: The table is being rebuilt}", "Europe/Zurich");

        model.SuspendedAt(DateTimeOffset.Parse("2027-01-31T22:59:59Z"))!.ToString()
            .Should().Be("suspended until 2027-01-31: The table is being rebuilt");
        model.SuspendedAt(DateTimeOffset.Parse("2027-01-31T23:00:00Z")).Should().BeNull();
    }

    [Fact]
    public void Makes_no_model_late()
    {
        var model = Suspended("{until: 2027-01-31, reason: rebuilt}", "UTC");
        var refreshed = DateTimeOffset.Parse("2026-10-01T00:05:00Z");

        model.IsLate(refreshed, DateTimeOffset.Parse("2027-01-31T12:00:00Z")).Should().BeFalse();
        model.DueAfter(refreshed).Should().Be(DateTimeOffset.Parse("2027-02-01T00:00:00Z"));
        model.IsLate(refreshed, DateTimeOffset.Parse("2027-02-01T07:00:00Z")).Should().BeTrue();
    }

    [Theory]
    [InlineData("{until: 2027-02-30, reason: r}", "2027-02-30 is not a day of the calendar.")]
    [InlineData("{until: tomorrow, reason: r}", "'until' must be a date such as 2027-01-31; 'tomorrow' is not.")]
    [InlineData("{until: 2027-01-31}", "'suspend' has no 'reason'.")]
    [InlineData("{reason: r}", "'suspend' has no 'until'.")]
    [InlineData("true", "'suspend' must be a mapping, not a single value.")]
    public void Needs_a_day_and_a_reason(string suspend, string problem)
    {
        _folder.Problems($"{{version: 1, value_streams: {{vs: {{models: {{m: {{table: T, suspend: {suspend}}}}}}}}}}}")
            .Should().Contain(found => found.Contains(problem));
    }

    private ModelDefinition Suspended(string suspend, string zone) => _folder.Read(
        "{version: 1, defaults: {time_zone: " + zone + "}, "
        + "value_streams: {vs: {models: {m: {table: T, suspend: " + suspend + "}}}}}").Find("vs", "m")!;
}
