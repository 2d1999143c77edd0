using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Data.Stability;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Tests;

public sealed class Routing_reports
{
    private static readonly NotifyTargets s_nobody = new() { Email = [], Slack = false };

    [Fact(Timeout = 60_000)]
    public async Task Gives_an_owner_a_report_of_the_models_owned_and_the_team_one_of_all()
    {
        var team = s_nobody with { Email = ["team@bank.example"] };
        var registry = new FixedRegistry(
            Models.Named(Events.Stream, "a") with { Notify = team with { Owner = "ann@bank.example" } },
            Models.Named(Events.Stream, "b") with { Notify = team with { Owner = "bob@bank.example" } },
            Models.Named(Events.Stream, "c") with { Notify = team with { Owner = "Team@bank.example" } });

        await using var reported = await ReportedRun.StartAsync(
            registry, run => [run.Published("a"), run.Rejected("b"), run.Published("c")]);

        (await ReportsAsync(reported)).Should().BeEquivalentTo(
            ["mail ann@bank.example all: a", "mail bob@bank.example all: b", "mail team@bank.example all: a b c"]);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(NotifyOn.Always, "published", true)]
    [InlineData(NotifyOn.Trouble, "published", false)]
    [InlineData(NotifyOn.Trouble, "moved", false)]
    [InlineData(NotifyOn.Trouble, "rejected", true)]
    [InlineData(NotifyOn.Moved, "published", false)]
    [InlineData(NotifyOn.Moved, "moved", true)]
    [InlineData(NotifyOn.Moved, "warned", true)]
    [InlineData(NotifyOn.Moved, "rejected", true)]
    public async Task Reports_the_runs_that_a_team_asks_for(NotifyOn on, string ended, bool told)
    {
        var notify = s_nobody with { Email = ["team@bank.example"], On = on };

        await using var reported = await ReportedRun.StartAsync(
            notify, run => [Stable(run.Published("a")), Ended(run, "b", ended)]);

        (await ReportsAsync(reported)).Should().HaveCount(told ? 1 : 0);
    }

    [Fact(Timeout = 60_000)]
    public async Task Tells_a_second_address_of_what_was_not_published_and_of_nothing_else()
    {
        var notify = s_nobody with
        {
            Email = ["team@bank.example"],
            Failures = s_nobody with { Email = ["on-call@bank.example"], Slack = true },
        };

        await using var reported = await ReportedRun.StartAsync(
            notify, run => [run.Published("a"), run.Rejected("b"), run.FetchFailed("c")],
            ("Slack:WebhookUrl", "http://127.0.0.1:1/unused"));

        (await ReportsAsync(reported)).Should().BeEquivalentTo(
            ["mail on-call@bank.example failures: b c", "mail team@bank.example all: a b c", "slack  failures: b c"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Does_not_tell_the_same_address_twice()
    {
        var notify = s_nobody with
        {
            Email = ["team@bank.example"],
            Failures = s_nobody with { Email = ["TEAM@bank.example"] },
        };

        await using var reported = await ReportedRun.StartAsync(notify);

        (await ReportsAsync(reported)).Should().Equal("mail team@bank.example all: a b");
    }

    [Fact(Timeout = 60_000)]
    public async Task Tells_the_second_address_although_the_first_is_not_told()
    {
        var notify = s_nobody with
        {
            Email = ["team@bank.example"],
            On = NotifyOn.Trouble,
            Failures = s_nobody with { Email = ["on-call@bank.example"] },
        };
        var registry = new FixedRegistry(
            Models.Named(Events.Stream, "a") with { Notify = notify },
            Models.Named(Events.Stream, "b") with { Notify = notify with { Email = ["others@bank.example"] } });

        await using var reported = await ReportedRun.StartAsync(
            registry, run => [run.Published("a"), run.Rejected("b")]);

        (await ReportsAsync(reported)).Should().BeEquivalentTo(
            ["mail on-call@bank.example failures: b", "mail others@bank.example all: b"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Sends_slack_one_message_and_each_webhook_its_models()
    {
        var registry = new FixedRegistry(
            Models.Named(Events.Stream, "a") with
            {
                Notify = new() { Email = ["a@bank.example"], Slack = true, Webhook = ["${ONE}", "${TWO}"] },
            },
            Models.Named(Events.Stream, "b") with
            {
                Notify = new() { Email = ["b@bank.example"], Slack = true, Webhook = ["${TWO}"] },
            });

        await using var reported = await ReportedRun.StartAsync(
            registry, run => [run.Published("a"), run.Rejected("b")],
            ("Slack:WebhookUrl", "http://127.0.0.1:1/unused"));

        (await ReportsAsync(reported)).Should().BeEquivalentTo(
            [
                "mail a@bank.example all: a", "mail b@bank.example all: b", "slack  all: a b",
                "webhook ${ONE} all: a", "webhook ${TWO} all: a b",
            ]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Names_the_models_of_which_nobody_is_told()
    {
        var registry = new FixedRegistry(
            Models.Named(Events.Stream, "a"),
            Models.Named(Events.Stream, "b") with { Notify = s_nobody with { Slack = true } });

        await using var reported = await ReportedRun.StartAsync(
            registry, run => [run.Published("a"), run.Rejected("b")]);

        (await ReportsAsync(reported)).Should().Equal("mail team@bank.example all: a");
        reported.Notifier.Log.Of(LogLevel.Warning).Should().ContainSingle(line =>
            line.Contains("Nobody is notified of 1 models") && line.Contains("value_stream_1/b"));
    }

    private static async Task<IEnumerable<string>> ReportsAsync(ReportedRun reported)
    {
        var reports = new List<string>();
        foreach (var delivery in await reported.DeliveriesAsync())
        {
            var run = await reported.Notifier.Runs.FindAsync(delivery, default);
            reports.Add($"{delivery.Channel} {delivery.Team} {delivery.Scope}: "
                + string.Join(' ', run!.Models.Select(model => model.Model)));
        }
        return reports;
    }

    private static ModelPublished Stable(ModelPublished published) =>
        published with { Refresh = published.Refresh with { WorstDrift = null, Warnings = 0 } };

    private static object Ended(Events run, string model, string how)
    {
        var published = Stable(run.Published(model));
        var moved = new WorstDrift { Column = "score", Psi = 0.4, Band = Band.Moved };
        return how switch
        {
            "moved" => published with { Refresh = published.Refresh with { WorstDrift = moved } },
            "warned" => published with { Refresh = published.Refresh with { Warnings = 1 } },
            "rejected" => run.Rejected(model),
            _ => published,
        };
    }
}
