using Microsoft.Playwright;
namespace Benchmark.Pages.Tests;
[Collection(nameof(Chromium))]
public sealed class ScratchPictures(Chromium chromium)
{
    [Fact(Timeout = 300_000)]
    public async Task Take()
    {
        var (site, fleet) = await Fleet.StartAsync(600, new() { ["Pages:TrustedHeader"] = "X-Forwarded-User", ["Telemetry:Environment"]="prod" });
        await using var s = site;
        foreach (var (c, name) in new[] { (ColorScheme.Light, "light"), (ColorScheme.Dark, "dark") })
        {
            await using var w = await chromium.OpenAsync(site, colours: c, user: "anna.keller", width: 1200);
            foreach (var (path, file) in new[] { ("/", "overview"), ($"/runs/{fleet.RunId}", "run"), ("/trouble", "trouble"), ("/runs","runs"), ("/models/fraud/pd_retail_001","model") })
            {
                await w.Page.GotoAsync(path);
                await w.Page.ScreenshotAsync(new() { Path = $"/tmp/pics/page-{file}-{name}.png", Clip = new() { X = 0, Y = 0, Width = 1200, Height = 720 } });
            }
        }
        await using var p = await chromium.OpenAsync(site, user: "anna.keller", width: 390);
        foreach (var (path, file) in new[] { ("/", "overview"), ($"/runs/{fleet.RunId}", "run"), ("/trouble", "trouble") })
        {
            await p.Page.GotoAsync(path);
            await p.Page.ScreenshotAsync(new() { Path = $"/tmp/pics/phone-{file}.png" });
        }
    }
}
