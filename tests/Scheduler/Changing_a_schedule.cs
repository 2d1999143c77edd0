using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;

namespace Benchmark.Scheduler.Tests;

public sealed class Changing_a_schedule : IAsyncLifetime
{
    private readonly SchedulerOnVolume _scheduler = new();

    private static ModelDefinition Model => Models.Named("vs", "a");

    public Task InitializeAsync() => _scheduler.StartAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Theory]
    [InlineData("0  0 1 * *")]
    [InlineData("00 0 1 * ?")]
    [InlineData("0 0 1 1-12 *")]
    [InlineData("@monthly")]
    public async Task Starts_nothing_when_only_its_form_changes(string form)
    {
        await _scheduler.AtAsync("2026-11-01T00:00:05Z", Model);

        await _scheduler.AtAsync("2026-11-10T00:00:00Z", Model with { Schedule = form });

        _scheduler.Published<RefreshRunStarted>().Should().ContainSingle();
    }

    [Fact]
    public async Task Waits_for_the_next_slot_of_an_edited_schedule()
    {
        var edited = Model with { Schedule = "0 6 * * *" };
        await _scheduler.AtAsync("2026-11-01T00:00:05Z", Model);
        await _scheduler.AtAsync("2026-11-10T09:00:00Z", Model);

        await _scheduler.AtAsync("2026-11-10T09:15:00Z", edited);
        var before = _scheduler.Published<RefreshRunStarted>().Count;
        await _scheduler.AtAsync("2026-11-11T06:00:00Z", edited);

        before.Should().Be(1);
        _scheduler.Published<RefreshRunStarted>().Should().HaveCount(2);
    }

    [Fact]
    public async Task Starts_the_slot_that_came_since_the_last_look()
    {
        await _scheduler.AtAsync("2026-11-01T00:00:05Z", Model);
        await _scheduler.AtAsync("2026-11-10T11:45:00Z", Model);

        await _scheduler.AtAsync("2026-11-10T12:00:02Z", Model with { Schedule = "0 12 * * *" });

        _scheduler.Published<RefreshRunStarted>().Should().HaveCount(2);
    }

    [Fact]
    public async Task Waits_for_the_next_slot_of_a_model_with_a_schedule_of_its_own()
    {
        await _scheduler.AtAsync("2026-11-01T00:00:05Z", Model);
        await _scheduler.AtAsync("2026-11-10T08:45:00Z", Model);

        await _scheduler.AtAsync(
            "2026-11-10T09:00:00Z", Model, Models.Named("vs", "b") with { Schedule = "0 6 * * 1" });

        _scheduler.Published<RefreshRunStarted>().Should().ContainSingle();
    }

    [Fact]
    public async Task Knows_the_slots_that_an_earlier_version_remembered_in_another_form()
    {
        Directory.CreateDirectory(_scheduler.Volume.Layout.Bookkeeping);
        File.WriteAllText(_scheduler.Volume.Layout.EmittedSlots, """{ "@monthly UTC": "2026-11-01T00:00:00Z" }""");

        await _scheduler.AtAsync("2026-11-10T09:00:00Z", Model, Model with { Model = "b", Schedule = "0 6 * * 1" });

        _scheduler.Published<RefreshRunStarted>().Should().ContainSingle()
            .Which.Models.Single().Model.Should().Be("b", "it is due since 9 November, and was not looked at since");
    }

    [Fact]
    public async Task Makes_one_run_of_two_forms_of_one_schedule()
    {
        await _scheduler.AtAsync("2026-11-01T00:00:05Z", Model, Model with { Model = "b", Schedule = "@monthly" });

        _scheduler.Published<RefreshRunStarted>().Should().ContainSingle().Which.Models.Should().HaveCount(2);
    }

    [Fact]
    public async Task Waits_for_the_next_slot_of_a_schedule_that_comes_back()
    {
        var other = Models.Named("vs", "b") with { Schedule = "0 6 * * *" };
        await _scheduler.AtAsync("2026-11-01T07:00:00Z", Model, other);
        await _scheduler.AtAsync("2026-11-10T08:00:00Z", Model);

        await _scheduler.AtAsync("2026-11-10T08:05:00Z", Model, other);
        var before = _scheduler.Published<RefreshRunStarted>().Count;
        await _scheduler.AtAsync("2026-11-11T06:00:00Z", Model, other);

        before.Should().Be(2);
        _scheduler.Published<RefreshRunStarted>().Should().HaveCount(3);
    }

    [Fact]
    public async Task Starts_the_slot_that_came_while_the_registry_lacked_its_schedule_for_a_moment()
    {
        var other = Models.Named("vs", "b") with { Schedule = "0 6 * * *" };
        await _scheduler.AtAsync("2026-11-01T07:00:00Z", Model, other);
        await _scheduler.AtAsync("2026-11-02T06:00:00Z", Model);

        await _scheduler.AtAsync("2026-11-02T06:00:30Z", Model, other);

        _scheduler.Published<RefreshRunStarted>().Should().HaveCount(3);
    }
}
