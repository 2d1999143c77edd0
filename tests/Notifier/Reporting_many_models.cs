using System.Globalization;
using System.Text;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Pages;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;
using CsCheck;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Tests;

public sealed class Reporting_many_models
{
    [Fact]
    public async Task Tells_40_failures_of_600_by_their_six_causes()
    {
        var report = await RunReport.WriteAsync(LargeRun.Run, LargeRun.Facts, LargeRun.Context);

        report.Subject.Should().Be(
            "[prod] Benchmarks September: 541 published, 19 unchanged, 3 rejected, 36 failed, 1 missing");
        report.Text.Should().MatchRegex("(?s)35 failed at fetch.*payments/pd_034"
            + ".*Drift against.*deposits/pd_036 \\(rejected\\).*PSI 1\\.581.*credit/pd_040.*CSI 0\\.560"
            + ".*deposits/pd_041.*CSI 0\\.523.*Drift since the anchor.*since version 3"
            + ".*Published with warnings.*range: for example.*What is served.*mortgages/pd_003: nothing yet"
            + ".*Nobody to tell.*mortgages/pd_598.*529 other models: nothing to say");
        Encoding.UTF8.GetByteCount(report.Html).Should().BeLessThan(60_000);
        report.Html.Should().NotContain("more: <span").And.Contain("payments/pd_034");
    }

    [Fact]
    public async Task Shows_different_drift_as_bars_of_different_length()
    {
        var facts = new ReportFacts(LargeRun.Run, LargeRun.Facts, LargeRun.Context);
        var scale = DriftScale.Of([0.523, 0.56, 1.58]);

        scale.Full.Should().Be(2);
        new[] { 0.1, 0.25, 0.523, 0.56, 1.58 }.Select(psi => scale.At(psi, 160)).Should().Equal(36, 57, 82, 85, 142);
        scale.InCharacters(0.56, DriftMarks.Default, 30).Should().Be("███████│███│████░░░░░░░░░░░░░░");
        (await RunReport.FileAsync(facts)).Should().Contain("aria-label=\"CSI 0.560 on a scale from 0 to 2");
    }

    [Fact]
    public async Task Has_every_model_in_the_file_and_nothing_that_runs()
    {
        var facts = new ReportFacts(LargeRun.Run, LargeRun.Facts, LargeRun.Context);

        var file = await RunReport.FileAsync(facts);

        LargeRun.Run.Models.Should().AllSatisfy(model => file.Should().Contain($"<td>{model.Name}</td>"));
        file.Should().NotContainAny("<script", "javascript:", "http://", "https://", "<img", "<link")
            .And.Contain("default-src 'none'; style-src 'unsafe-inline'")
            .And.Contain("prefers-color-scheme:dark").And.Contain("@media print");
    }

    [Fact]
    public Task Fits_into_a_mail_whatever_happens() => Runs.ForAllAsync(async run =>
    {
        var (summary, known, context) = run;

        var report = await RunReport.WriteAsync(summary, known, context);

        Encoding.UTF8.GetByteCount(report.Html).Should().BeLessThanOrEqualTo(100_000);
        Encoding.UTF8.GetByteCount(report.Text).Should().BeLessThanOrEqualTo(100_000);
        report.Html.TrimEnd().Should().EndWith("</html>");
    }, cases: 12);

    [Fact]
    public async Task Counts_what_does_not_fit_into_a_mail_and_says_where_it_is()
    {
        var (summary, known, context) = Worst(600, 2500, 100, 'x');

        var report = await RunReport.WriteAsync(summary, known, context);
        var file = await RunReport.FileAsync(report.Facts);

        Encoding.UTF8.GetByteCount(report.Html).Should().BeInRange(60_000, 100_000, "the room is used");
        report.Html.Should().MatchRegex($"and \\d+ more: <span[^>]*>benchmark report {summary.RunId} --html");
        report.Text.Should().MatchRegex($"and \\d+ more: benchmark report {summary.RunId} --html report.html");
        // Not 'file.Should()': a failure would quote megabytes for every model.
        summary.Models.Where(model => !file.Contains(Wording.Clipped($"{model.Name}", 200)))
            .Should().BeEmpty();
    }

    private static Gen<(RunSummary, IReadOnlyDictionary<ModelKey, ModelFacts>, ReportContext)> Runs =>
        Gen.Select(Gen.Int[0, 600], Gen.Int[0, 2500], Gen.Int[0, 100], Gen.Int[0, 6], Gen.Int[0, 8], Gen.Bool)
            .Select((models, length, warnings, kind, only, links) => Worst(
                models, length, warnings, "x<\"&漢\n\ud83d"[kind],
                // Half of the runs end in all ways, the others in one.
                only > 5 ? null : (Outcome)only, links ? $"https://{new string('h', length)}.example/" : null));

    // Every model has a reason of its own; of names, only the model's length is bounded.
    private static (RunSummary, IReadOnlyDictionary<ModelKey, ModelFacts>, ReportContext) Worst(
        int models, int length, int warnings, char filler, Outcome? only = null, string? url = null)
    {
        string Long(int number, int most) =>
            $"{Letters(number)} {new string(filler, Math.Min(length, most))}";
        RefreshOutcome[] all = [.. Enumerable.Range(0, models).Select(number => new RefreshOutcome
        {
            ValueStream = Long(number, 64),
            Model = Long(number, 2500),
            Outcome = only ?? (number % 7 == 6 ? null : (Outcome)(number % 7)),
            Stage = Stage.Validate,
            Version = 3,
            Warnings = warnings,
            Reason = Long(number, 2500),
            Hint = number % 2 == 0 ? Long(number, 2500) : null,
            WorstDrift = new WorstDrift
            {
                Column = Long(number, 2500),
                Psi = number == 1 ? double.PositiveInfinity : number == 2 ? double.NaN : number,
                Band = Band.Moved,
                PValue = 0,
                BinsFilled = int.MaxValue,
            },
        })];
        var run = new RunSummary
        {
            RunId = Guid.Parse("0f3f7c1e-6d0b-5f2a-9c55-2d8a4f1b7e60"),
            State = RunState.Incomplete,
            StartedAt = NotifierHost.Start,
            ClosedAt = NotifierHost.Start,
            RequestedBy = Long(0, 2500),
            Reason = Long(1, 2500),
            CloseReason = Long(2, 2500),
            Models = all,
        };
        return (run, all.ToDictionary(model => model.Name, model => Facts(model, warnings)), new ReportContext
        {
            Environment = Long(0, 2500),
            ValueStream = Long(0, 64),
            Links = url is null ? null : new PageLinks(Options.Create(new PagesOptions { Url = url })),
            Untold = [.. all.Select(model => model.Name)],
            File = Long(3, 2500),
        });
    }

    private static ModelFacts Facts(RefreshOutcome model, int warnings)
    {
        var drift = Drift(model, columns: Math.Min(warnings, 10));
        var reason = Wording.Clipped(model.Reason!, 500);
        return new ModelFacts
        {
            Owner = model.Model,
            Served = true,
            ServedNow = new ServedVersion(int.MaxValue, long.MaxValue, DateTimeOffset.UnixEpoch),
            RejectedIn = model.Model,
            Checks = [.. Enumerable.Range(0, warnings).Select(number => new CheckResult
            {
                Check = CheckName.Range,
                Status = CheckStatus.Warn,
                Message = $"{Letters(number)} {reason}",
            })],
            Drift = drift,
            Earlier = [.. Enumerable.Range(1, 11).Select(version => new EarlierDrift(version, drift))],
        };
    }

    private static DriftSummary Drift(RefreshOutcome model, int columns) => new()
    {
        AgainstVersion = 2,
        Worst = model.WorstDrift,
        AnchorVersion = 1,
        WorstSinceAnchor = model.WorstDrift,
        Columns = [.. Enumerable.Range(0, columns).Select(number => new ColumnDrift
        {
            Column = $"{Letters(number)} {model.Model}",
            Psi = number,
            Band = Band.Moved,
            NoiseLimit = 0,
        })],
    };

    // Digits alone would make all reasons one.
    private static string Letters(int number) =>
        string.Concat(number.ToString("D4", CultureInfo.InvariantCulture).Select(digit => (char)('a' + (digit - '0'))));
}
