using Benchmark.Tests.Support;

namespace Benchmark.Scheduler.Tests;

public sealed class Finding_the_slots_that_are_due
{
    private static readonly Guid s_installation = new("6d0f3c52-7a0e-4c55-9d0c-1f0b7a8e4a11");

    [Theory]
    [InlineData("0 0 1 * *", "UTC", "2026-11-22T10:00:00Z", "2026-11-01T00:00:00Z")]
    [InlineData("0 0 1 * *", "UTC", "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z")]
    [InlineData("0 6 * * 1", "Europe/Berlin", "2026-07-13T03:59:59Z", "2026-07-06T04:00:00Z")]
    [InlineData("0 6 * * 1", "Europe/Berlin", "2026-07-13T04:00:00Z", "2026-07-13T04:00:00Z")]
    [InlineData("0 0 29 2 *", "UTC", "2026-11-22T00:00:00Z", "2024-02-29T00:00:00Z")]
    public void Finds_the_newest_slot_that_has_come(string schedule, string timeZone, string now, string expected)
    {
        var model = Models.Named("vs", "a") with { Schedule = schedule, TimeZone = timeZone };

        var slots = Slot.Due([model], new Dictionary<string, DateTimeOffset>(), DateTimeOffset.Parse(now));

        slots.Should().ContainSingle().Which.At.Should().Be(DateTimeOffset.Parse(expected));
    }

    [Fact]
    public void Gives_the_same_slot_the_same_run_whoever_computes_it()
    {
        var model = Models.Named("vs", "a");
        var none = new Dictionary<string, DateTimeOffset>();

        var early = Slot.Due([model], none, DateTimeOffset.Parse("2026-11-01T00:00:01Z")).Single();
        var late = Slot.Due([model], none, DateTimeOffset.Parse("2026-11-30T10:00:00Z")).Single();
        var next = Slot.Due([model], none, DateTimeOffset.Parse("2026-12-01T00:00:00Z")).Single();

        late.RunIn(s_installation).Should().Be(early.RunIn(s_installation));
        late.RunIn(s_installation).Version.Should().Be(5);
        next.RunIn(s_installation).Should().NotBe(early.RunIn(s_installation));
        // Also what another implementation of RFC 9562 gives: a new release must not turn yesterday's slot into another
        // run.
        early.RunIn(s_installation).Should().Be(Guid.Parse("d3757b92-c412-59bb-8284-14f52ac3bb3d"));
    }

    [Fact]
    public void Gives_the_slot_of_another_installation_another_run()
    {
        var slot = Slot.Due(
            [Models.Named("vs", "a")], new Dictionary<string, DateTimeOffset>(),
            DateTimeOffset.Parse("2026-11-01T00:00:01Z")).Single();

        slot.RunIn(Guid.NewGuid()).Should().NotBe(slot.RunIn(s_installation));
    }

    [Fact]
    public void Knows_when_the_next_slot_comes()
    {
        var monthly = Models.Named("vs", "a");
        var weekly = Models.Named("vs", "b") with { Schedule = "0 6 * * 1" };

        var next = Slot.Next([monthly, weekly], DateTimeOffset.Parse("2026-11-22T10:00:00Z"));

        next.Should().Be(DateTimeOffset.Parse("2026-11-23T06:00:00Z"));
    }
}
