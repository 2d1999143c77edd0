using Benchmark.Contracts;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;
using CsCheck;

namespace Benchmark.Notifier.Tests;

public sealed class Reporting_in_one_line
{
    private static readonly ReportContext s_september = new() { Environment = "prod", Month = "September" };

    [Fact]
    public void Says_environment_month_and_outcomes() =>
        Subject(Run(298, 2, 1), s_september).Should().Be(
            "[prod] Benchmarks September: 298 published, 2 rejected, 1 missing");

    [Fact]
    public void Says_the_day_of_a_run_that_no_monthly_schedule_started() =>
        Subject(Run(2, 0, 0), new ReportContext()).Should().Be("Benchmarks 2026-09-01: 2 published");

    [Fact]
    public void Says_the_value_stream_where_the_team_sees_one_of_several() =>
        Subject(Run(2, 0, 0), s_september with { ValueStream = "credit" }).Should().Be(
            "[prod] Benchmarks September, credit: 2 published");

    [Fact]
    public void Names_the_models_that_a_person_asked_for()
    {
        Subject(Run(1, 0, 0) with { Trigger = RunTrigger.Operator }, new ReportContext()).Should().Be(
            "Benchmark credit/m0: published");
        Subject(Run(1, 1, 0) with { Trigger = RunTrigger.Operator }, new ReportContext()).Should().Be(
            "Benchmarks credit/m0, credit/m1: 1 published, 1 rejected");
        Subject(Run(30, 0, 0) with { Trigger = RunTrigger.Operator }, new ReportContext()).Should().Be(
            "Benchmarks 2026-09-01: 30 published");
    }

    [Fact]
    public void Says_that_a_person_cancelled_the_run() =>
        Subject(Run(3, 0, 5) with { CloseReason = "cancelled by the operator" }, s_september).Should().Be(
            "[prod] Benchmarks September cancelled: 3 published, 5 missing");

    [Theory]
    [InlineData("0 0 1 * *", "UTC", "2026-09-01T00:00:00Z", "September")]
    [InlineData("0 0 1 * *", "Asia/Tokyo", "2026-08-31T15:00:05Z", "September")]
    [InlineData("30 6 L * *", "UTC", "2026-09-30T06:30:00Z", "September")]
    [InlineData("@monthly", "UTC", "2026-09-01T00:00:00Z", "September")]
    [InlineData("0 6 * * MON#1", "UTC", "2026-09-07T06:00:00Z", "September")]
    [InlineData("0 6 * * 1", "UTC", "2026-09-07T06:00:00Z", null)]
    [InlineData("0 6 * * *", "UTC", "2026-09-07T06:00:00Z", null)]
    [InlineData("*/5 0 1 * *", "UTC", "2026-09-01T00:05:00Z", null)]
    public void Knows_the_month_of_a_monthly_schedule(string schedule, string zone, string started, string? month)
    {
        var registry = new FixedRegistry(
            Models.Named("credit", "m0") with { Schedule = schedule, TimeZone = zone }).Current;
        var run = Run(1, 0, 0) with { StartedAt = DateTimeOffset.Parse(started) };

        MonthlySlot.MonthOf(run, registry).Should().Be(month);
        MonthlySlot.MonthOf(run with { Trigger = RunTrigger.Operator }, registry).Should().BeNull();
    }

    [Fact]
    public void Is_one_line_of_at_most_120_characters_whatever_the_names() =>
        Gen.Select(
            Gen.String[0, 200], Gen.String[0, 200], Gen.Int[0, 2000], Gen.Int[0, 2000], Gen.Enum<RunTrigger>())
            .ForAll(values =>
            {
                var (environment, name, published, rejected, trigger) = values;
                var run = Run(published, rejected, 2000) with { Trigger = trigger };
                run = run with
                {
                    Models = [.. run.Models.Take(published % 5 + 1).Select(model => model with { Model = name }),
                        .. run.Models.Skip(published % 3 == 0 ? run.Models.Count : 0)],
                };

                var subject = Subject(run, new ReportContext { Environment = environment, ValueStream = name });

                subject.Length.Should().BeLessThanOrEqualTo(120);
                subject.Any(char.IsControl).Should().BeFalse();
            });

    private static string Subject(RunSummary run, ReportContext context) =>
        new ReportFacts(run, new Dictionary<ModelKey, ModelFacts>(), context).Subject;

    private static RunSummary Run(int published, int rejected, int missing) => new()
    {
        RunId = Guid.NewGuid(),
        State = RunState.Completed,
        Trigger = RunTrigger.Schedule,
        StartedAt = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero),
        Models =
        [
            .. Enumerable.Repeat(Outcome.Published, published)
                .Concat(Enumerable.Repeat(Outcome.Rejected, rejected))
                .Concat(Enumerable.Repeat(Outcome.Missing, missing))
                .Select((outcome, number) => new RefreshOutcome
                {
                    ValueStream = "credit",
                    Model = $"m{number}",
                    Outcome = outcome,
                    Stage = Stage.Publish,
                }),
        ],
    };
}
