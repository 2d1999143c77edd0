using Benchmark.Tests.Support;
using Microsoft.Playwright;

namespace Benchmark.Pages.Tests;

/// <summary>One real Chromium for all tests of this project, from Debian's package: nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "chromium";

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>Why these tests can only be skipped; null when they can be run.</summary>
    public static string? WhyNot
    {
        get
        {
            try
            {
                _ = DebianPackage.DirectoryOf(Program, Program);
                return null;
            }
            catch (InvalidOperationException missing)
            {
                return missing.Message;
            }
        }
    }

    public async Task InitializeAsync()
    {
        var program = Path.Combine(DebianPackage.DirectoryOf(Program, Program), Program);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            // Root may not use its sandbox, and it opens only pages of these tests.
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
        });
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>A window of a person: how wide, in which colours, with script or without.</summary>
    internal async Task<Window> OpenAsync(
        Site site, int width = 1280, ColorScheme colours = ColorScheme.Light, bool script = true, string? user = null)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.Address,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = colours,
            JavaScriptEnabled = script,
            ExtraHTTPHeaders = user is null ? [] : [new("X-Forwarded-User", user)],
        });
        return new Window(context, await context.NewPageAsync());
    }
}

/// <inheritdoc cref="Chromium"/>
[CollectionDefinition(nameof(Chromium))]
public sealed class ChromiumCollection : ICollectionFixture<Chromium>;

/// <inheritdoc cref="Chromium"/>
public sealed class NeedsChromiumAttribute : NeedsAttribute
{
    public override string? WhyNot => Chromium.WhyNot;

    // A large package: .ci/run installs it where it can be had, and counts these tests as skipped where it cannot.
    public override bool IsInstallable => false;
}

/// <summary>A page in the browser, with what its console said.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public Window(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
