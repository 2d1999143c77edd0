using Benchmark.Tests.Support;
using Microsoft.Playwright;

namespace Benchmark.Pages.Tests;

/// <summary>
/// Takes the pictures of <c>docs/pages.md</c> but those of a model, of pages as they are now. After a change of their
/// looks, have a look, then: <c>cp tests/Pages/bin/Debug/net10.0/pictures/page-*.png docs/images/</c>
/// </summary>
[Collection(nameof(Chromium))]
[NeedsChromium]
public sealed class Taking_pictures(Chromium chromium)
{
    private const int MostBytes = 150_000;

    private static readonly string s_pictures = Path.Combine(AppContext.BaseDirectory, "pictures");

    [Fact(Timeout = 300_000)]
    public async Task Takes_small_ones_in_both_colours_and_on_a_phone()
    {
        var (site, fleet) = await Fleet.StartAsync(60, new()
        {
            ["Pages:TrustedHeader"] = "X-Forwarded-User",
            ["Telemetry:Environment"] = "prod",
        });
        await using var _ = site;
        Directory.CreateDirectory(s_pictures);

        (string Name, string Path)[] pages =
            [("overview", "/"), ("run", $"/runs/{fleet.RunId}"), ("trouble", "/trouble")];
        foreach (var (name, path) in pages)
        {
            await TakeAsync(site, path, $"page-{name}-light.png", ColorScheme.Light);
            await TakeAsync(site, path, $"page-{name}-dark.png", ColorScheme.Dark);
            await TakeAsync(site, path, $"phone-{name}.png", ColorScheme.Light, width: 390);
        }

        Directory.GetFiles(s_pictures, "*.png").Should().HaveCount(9)
            .And.OnlyContain(picture => new FileInfo(picture).Length < MostBytes);
        Directory.GetFiles(s_pictures, "page-*.png").Should()
            .OnlyContain(picture => File.Exists(RepositoryRoot.PathOf($"docs/images/{Path.GetFileName(picture)}")));
    }

    private async Task TakeAsync(Site site, string path, string file, ColorScheme colours, int width = 1200)
    {
        await using var window = await chromium.OpenAsync(site, width, colours, user: "anna.keller");
        await window.Page.GotoAsync(path);
        await window.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(s_pictures, file),
            Clip = new Clip { X = 0, Y = 0, Width = width, Height = 720 },
        });
    }
}
