using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Benchmark.Pages.Tests;

[Collection(nameof(Chromium))]
[NeedsChromium]
public sealed class Looking_at_a_model(Chromium chromium, Looking_at_a_model.Model model)
    : IClassFixture<Looking_at_a_model.Model>
{
    private const string Address = "/models/credit/pd_cards";

    private readonly Site _site = model.Site;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Meets_contrast_landmarks_and_names(ColorScheme colours)
    {
        await using var window = await chromium.OpenAsync(_site, colours: colours);
        await window.Page.GotoAsync(Address);
        foreach (var details in await window.Page.Locator("details > summary").AllAsync())
            await details.ClickAsync();

        // Of all that it looks for, colours change the contrast alone.
        var result = await (colours is ColorScheme.Light
            ? window.Page.RunAxe()
            : window.Page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Rules("color-contrast") }));

        result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Target))}")
            .Should().BeEmpty();
        window.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Draws_without_script_what_a_screen_reader_can_name()
    {
        await using var window = await chromium.OpenAsync(_site, script: false);

        await window.Page.GotoAsync(Address);

        var score = window.Page.GetByRole(AriaRole.Img, new() { Name = "score: PSI", Exact = true });
        (await score.IsVisibleAsync()).Should().BeTrue();
        (await score.Locator("circle").CountAsync()).Should().BeGreaterThan(6);
        window.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Fits_a_phone_with_letters_of_eleven_pixels()
    {
        await using var window = await chromium.OpenAsync(_site, width: 390);

        await window.Page.GotoAsync(Address);

        var width = await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        width.Should().BeLessThanOrEqualTo(390);
        var scales = await window.Page.EvaluateAsync<double[]>(
            """
            [...document.querySelectorAll('figure svg')]
              .map(svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)
            """);
        scales.Should().NotBeEmpty().And.OnlyContain(scale => scale > 0.99);
    }

    [Fact]
    public async Task Keeps_every_label_of_a_chart_within_it()
    {
        await using var window = await chromium.OpenAsync(_site);

        await window.Page.GotoAsync(Address);

        var outside = await window.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('figure svg')].flatMap(svg => {
              const box = svg.getBoundingClientRect();
              return [...svg.querySelectorAll('text')].filter(text => {
                const own = text.getBoundingClientRect();
                return own.left < box.left - 1 || own.right > box.right + 1 || own.bottom > box.bottom + 1;
              }).map(text => text.textContent);
            })
            """);
        outside.Should().BeEmpty();
    }

    /// <summary>A model of six versions whose last refresh was rejected, which no test here changes.</summary>
    public sealed class Model : IAsyncLifetime
    {
        private static readonly string[] s_columns = ["score:number", "grade:string"];

        internal Site Site { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            var limits = new DriftLimits { Bins = 10, Warn = 0.10, Fail = 0.25 };
            var model = Models.Named("credit", "pd_cards") with
            {
                Columns = [new ColumnRule { Name = "score", IsScore = true, Drift = limits }],
            };
            var volume = new TempVolume();
            var onVolume = new ModelOnVolume(volume, model);
            for (var version = 1; version <= 6; version++)
                onVolume.Publish(Site.Now.AddMonths(version - 7), s_columns,
                    ModelOnVolume.Scores(version, 2000, mean: 600 + 2 * version, nulls: 0.01 * version));
            Site = await Site.StartAsync(volume, new FixedRegistry(model));
            var run = Guid.NewGuid();
            onVolume.Reject(run, Site.Now.AddMinutes(-2), s_columns, ModelOnVolume.Scores(7, 2000, mean: 640));
            await Site.ConsumeAsync(new ModelRejected
            {
                RunId = run,
                Refresh = new RefreshOutcome
                {
                    ValueStream = "credit",
                    Model = "pd_cards",
                    Outcome = Outcome.Rejected,
                    Stage = Stage.Validate,
                    Reason = "Column score: moved.",
                    Hint = "Look at the data. If it is right: benchmark refresh credit/pd_cards --force --reason TEXT",
                },
            });
        }

        public Task DisposeAsync() => Site.DisposeAsync().AsTask();
    }
}
