using Benchmark.Contracts;
using Microsoft.Playwright;

namespace Benchmark.Pages.Tests;

[Collection(nameof(Chromium))]
[NeedsChromium]
public sealed class Looking_at_a_run(Chromium chromium, SharedFleet shared) : IClassFixture<SharedFleet>
{
    private readonly Site _site = shared.Site;
    private readonly Fleet _fleet = shared.Fleet;

    [Fact]
    public async Task Shows_who_asked_why_and_one_row_per_cause()
    {
        await using var window = await chromium.OpenAsync(_site);

        await window.Page.GotoAsync($"/runs/{_fleet.RunId}");

        var page = await window.Page.InnerTextAsync("main");
        page.Should().Contain("anna.keller").And.Contain("month end").And.Contain(_fleet.RunId.ToString());
        var causes = await window.Page.GetByRole(AriaRole.Region, new() { Name = "What went wrong" })
            .Locator("tbody tr").AllInnerTextsAsync();
        causes.Should().HaveCount(2);
        causes[0].Should().StartWith("4").And.Contain("failed").And.Contain("treasury/pd_retail_004");
        causes[1].Should().Contain("rejected").And.Contain("PSI 0.512");
        window.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Has_a_row_of_stages_for_every_model_the_failed_ones_first()
    {
        await using var window = await chromium.OpenAsync(_site);

        await window.Page.GotoAsync($"/runs/{_fleet.RunId}");

        var rows = window.Page.GetByRole(AriaRole.Region, new() { Name = "Models of the run" }).Locator("tbody tr");
        (await rows.CountAsync()).Should().Be(60);
        (await rows.First.Locator(".stage").AllInnerTextsAsync()).Should().Equal("✗ failed", "–", "–");
        (await rows.Nth(4).Locator(".stage").AllInnerTextsAsync()).Should().Equal("✓ done", "✗ rejected", "–");
        (await rows.Last.Locator(".stage").AllInnerTextsAsync()).Should().Equal("✓ done", "✓ done", "✓ done");
    }

    [Fact]
    public async Task Follows_an_open_run_without_script()
    {
        var runId = Guid.NewGuid();
        var (first, second) = (_fleet.Models[0], _fleet.Models[1]);
        await _site.ConsumeAsync(_fleet.Started(runId, first, second));
        await using var window = await chromium.OpenAsync(_site, script: false);
        await window.Page.GotoAsync($"/runs/{runId}");
        var before = await window.Page.InnerTextAsync("main");

        await _site.ConsumeAsync(new ModelStaged
        {
            RunId = runId,
            ValueStream = first.ValueStream,
            Model = first.Model,
            Attempt = 1,
            Rows = 1000,
            Bytes = 20_000,
        });
        // The browser asks again by itself.
        await window.Page.GetByText("✓ done").First.WaitForAsync(new() { Timeout = 30_000 });

        before.Should().Contain("● now").And.NotContain("✓ done");
    }

    [Fact]
    public async Task Does_not_ask_again_for_a_closed_run()
    {
        using var client = _site.Client();

        (await client.GetStringAsync($"/runs/{_fleet.RunId}")).Should().NotContain("http-equiv=\"refresh\"");
    }

    [Fact]
    public async Task Lists_runs_with_their_outcomes()
    {
        await using var window = await chromium.OpenAsync(_site);

        await window.Page.GotoAsync("/runs");
        var row = window.Page.GetByRole(AriaRole.Row).Filter(
            new() { Has = window.Page.Locator($"a[href$='{_fleet.RunId}']") });
        var outcomes = await row.InnerTextAsync();
        await row.GetByRole(AriaRole.Rowheader).GetByRole(AriaRole.Link).ClickAsync();

        outcomes.Should().Contain("4 failed").And.Contain("2 rejected").And.Contain("54 published")
            .And.Contain("completed").And.Contain("anna.keller");
        window.Page.Url.Should().EndWith($"/runs/{_fleet.RunId}");
    }

    [Fact]
    public async Task Serves_the_report_of_the_volume_and_lets_it_do_nothing_else()
    {
        var reports = Path.Combine(_site.Volume.Bookkeeping, "reports");
        Directory.CreateDirectory(reports);
        await File.WriteAllTextAsync(Path.Combine(reports, $"{_fleet.RunId}.html"),
            "<!DOCTYPE html><title>Report</title><style>p{color:#00f}</style><p>All is well</p>"
            + "<script>document.querySelector('p').textContent = 'changed'</script>");
        await using var window = await chromium.OpenAsync(_site);

        await window.Page.GotoAsync($"/runs/{_fleet.RunId}");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "the report as a file" }).ClickAsync();

        (await window.Page.InnerTextAsync("p")).Should().Be("All is well");
        window.Complaints.Should().Contain(complaint => complaint.Contains("Blocked script"));
    }

    [Fact]
    public async Task Shows_text_of_others_as_text()
    {
        var runId = Guid.NewGuid();
        await _site.ConsumeAsync(_fleet.Started(runId, _fleet.Models[0]) with
        {
            Reason = "<img src=x onerror=alert(1)>",
            RequestedBy = "<script>alert(2)</script>",
        });
        await using var window = await chromium.OpenAsync(_site);

        await window.Page.GotoAsync($"/runs/{runId}");

        (await window.Page.InnerTextAsync("main")).Should().Contain("<img src=x onerror=alert(1)>")
            .And.Contain("<script>alert(2)</script>");
        (await window.Page.Locator("img, script").CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Says_that_it_does_not_know_a_run()
    {
        using var client = _site.Client();

        var answer = await client.GetAsync($"/runs/{Guid.NewGuid()}");

        ((int)answer.StatusCode).Should().Be(404);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("No such run");
    }
}
