using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;

namespace Benchmark.Scheduler.Tests;

/// <summary>A CronJob that runs <c>--once</c> is to start every slot of every schedule.</summary>
public sealed class Covering_every_schedule
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.Parse("2026-11-28T12:00:00Z");

    [Theory]
    [InlineData("*/15 * * * *", "UTC", "0 0 1 * *", "America/New_York")]
    [InlineData("*/15 * * * *", "America/New_York", "0 0 1 * *", "UTC")]
    // Twice an hour, and both in the hour that the clocks repeat and around the one that they skip.
    [InlineData("*/30 * * * *", "America/New_York", "*/30 * * * *", "UTC")]
    [InlineData("0 0 1 * *", "UTC", "0 0 1 * *", "UTC")]
    [InlineData("0 0 1 * *", "Europe/Zurich", "0 0 1 * *", "Europe/Zurich")]
    [InlineData("@monthly", "UTC", "0 0 1 * *", "UTC")]
    [InlineData("30 * * * *", "UTC", "0 6 * * 1", "Europe/Berlin")]
    [InlineData("0 * * * *", "UTC", "0 0 29 2 *", "Asia/Kolkata")]
    // Kubernetes takes days of the month or days of the week.
    [InlineData("0 0 1 * 1", "UTC", "0 0 1 * *", "UTC")]
    [InlineData("* * * * *", "UTC", "* * * * *", "UTC")]
    public void Accepts_a_CronJob_that_starts_every_slot(
        string cron, string zone, string schedule, string zoneOfSchedule)
    {
        var problems = CronJobCoverage.Problems(cron, zone, [Model("a", schedule, zoneOfSchedule)], s_now);

        problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData(
        "0 0 1 * *", "UTC", "0 0 1 * *", "America/New_York", "2026-12-01 05:00Z",
        "2027-01-01 00:00Z.")]
    [InlineData(
        "0 0 1 * *", "UTC", "0 6 * * *", "UTC", "2026-11-29 06:00Z", "2026-12-01 00:00Z, and the slot is lost")]
    [InlineData("0 6 * * *", "UTC", "0 0 1 * *", "UTC", "2026-12-01 00:00Z", "2026-12-01 06:00Z.")]
    // In winter Berlin is an hour ahead of UTC, in summer two.
    [InlineData("0 5 * * *", "UTC", "30 5 * * *", "Europe/Berlin", "2027-03-28 03:30Z", "2027-03-28 05:00Z.")]
    // New York has no 02:30 on 14 March 2027: the schedule moves to the next time there is, the CronJob leaves it out.
    [InlineData(
        "30 2 * * *", "America/New_York", "30 2 * * *", "America/New_York", "2027-03-14 07:00Z",
        "2027-03-15 06:30Z, and the slot is lost")]
    [InlineData(
        "*/15 * * * *", "UTC", "*/5 * * * *", "UTC", "2026-11-28 12:05Z", "2026-11-28 12:15Z, and the slot is lost")]
    [InlineData("0 0 1 1 *", "UTC", "0 0 29 2 *", "UTC", "2028-02-29 00:00Z", "2029-01-01 00:00Z.")]
    public void Names_the_first_slot_that_a_CronJob_leaves_uncovered(
        string cron, string zone, string schedule, string zoneOfSchedule, string slot, string tick)
    {
        var problems = CronJobCoverage.Problems(cron, zone, [Model("a", schedule, zoneOfSchedule)], s_now);

        var problem = problems.Should().ContainSingle().Subject;
        problem.Where.Should().Be($"--cron '{cron}' --time-zone {zone}");
        problem.Problem.Should().StartWith(
            $"the schedule '{schedule}' {zoneOfSchedule} of vs/a is not covered: its slot of {slot} is not started");
        problem.Problem.Should().Contain($"next tick comes at {tick}");
        problem.Hint.Should().Contain(schedule == "*/5 * * * *" ? "'* * * * *'" : "'*/15 * * * *'");
    }

    [Fact]
    public void Reports_each_uncovered_schedule_once_with_its_models()
    {
        var problems = CronJobCoverage.Problems(
            "0 0 1 * *", "UTC",
            [
                Model("a", "0 0 1 * *", "UTC"), Model("b", "0 6 * * *", "UTC"), Model("c", "0 6 * * *", "UTC"),
                Model("d", "0 0 1 * *", "Asia/Tokyo"),
            ], s_now);

        problems.Select(problem => problem.Problem.Split(" is not covered")[0]).Should().Equal(
            "the schedule '0 0 1 * *' Asia/Tokyo of vs/d", "the schedule '0 6 * * *' UTC of vs/b and 1 more");
    }

    private static ModelDefinition Model(string name, string schedule, string zone) =>
        Models.Named("vs", name) with { Schedule = schedule, TimeZone = zone };
}
