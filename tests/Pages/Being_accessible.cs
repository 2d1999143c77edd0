using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Benchmark.Pages.Tests;

[Collection(nameof(Chromium))]
[NeedsChromium]
public sealed class Being_accessible(Chromium chromium, SharedFleetBehindProxy shared)
    : IClassFixture<SharedFleetBehindProxy>
{
    private readonly Site _site = shared.Site;

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task Meets_contrast_landmarks_and_names(string path, ColorScheme colours)
    {
        await using var window = await chromium.OpenAsync(_site, colours: colours, user: "anna");
        await window.Page.GotoAsync(Of(path));

        // Of all that it looks for, colours change the contrast alone.
        var result = await (colours is ColorScheme.Light
            ? window.Page.RunAxe()
            : window.Page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Rules("color-contrast") }));

        result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Target))}")
            .Should().BeEmpty();
        result.Passes.Should().Contain(pass => pass.Id == "color-contrast");
        // The browser itself reports the status of a page that is not there.
        window.Complaints.Where(complaint => path != "/no" || !complaint.Contains("404")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/runs")]
    [InlineData("/runs/RUN")]
    [InlineData("/trouble")]
    [InlineData("/models/fraud/pd_retail_001")]
    public async Task Fits_a_phone_without_scrolling_the_page_sideways(string path)
    {
        await using var window = await chromium.OpenAsync(_site, width: 390, user: "anna");

        await window.Page.GotoAsync(Of(path));

        (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"))
            .Should().BeLessThanOrEqualTo(390);
        (await window.Page.Locator("h1").IsVisibleAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task Leads_the_keyboard_from_the_skip_link_to_the_content()
    {
        await using var window = await chromium.OpenAsync(_site, user: "anna");
        var page = window.Page;
        await page.GotoAsync("/");

        await page.Keyboard.PressAsync("Tab");
        var first = await FocusedAsync(page);
        var isSeen = await page.Locator(".skip").BoundingBoxAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        var next = await FocusedAsync(page);

        first.Should().Be("Skip to content");
        isSeen!.X.Should().BeGreaterThanOrEqualTo(0);
        next.Should().Contain("16 models");
    }

    [Fact]
    public async Task Shows_where_the_keyboard_is()
    {
        await using var window = await chromium.OpenAsync(_site, user: "anna");
        await window.Page.GotoAsync("/runs");

        List<string> passed = [];
        for (var i = 0; i < 6; i++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            passed.Add(await FocusedAsync(window.Page));
            (await window.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"))
                .Should().Be("solid", passed[^1]);
        }

        passed.Take(5).Should().Equal("Skip to content", "Benchmark", "Overview", "Runs", "Trouble");
    }

    public static TheoryData<string, ColorScheme> EveryPage()
    {
        var pages = new TheoryData<string, ColorScheme>();
        foreach (var path in (string[])["/", "/runs", "/runs/RUN", "/trouble", "/models/fraud/pd_retail_001", "/no"])
        {
            pages.Add(path, ColorScheme.Light);
            pages.Add(path, ColorScheme.Dark);
        }
        return pages;
    }

    private string Of(string path) => path.Replace("RUN", shared.Fleet.RunId.ToString(), StringComparison.Ordinal);

    private static async Task<string> FocusedAsync(IPage page) =>
        (await page.EvaluateAsync<string>("document.activeElement.textContent")).Trim();
}
