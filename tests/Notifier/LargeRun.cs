using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;

namespace Benchmark.Notifier.Tests;

/// <summary>
/// A run of 600 models of which 40 failed, 35 of them for one reason; 20 have drifted and 12 have warnings.
/// </summary>
internal static class LargeRun
{
    private static readonly DateTimeOffset s_start = new(2026, 9, 1, 4, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_streams = ["credit", "deposits", "fraud", "mortgages", "payments"];

    public static ReportContext Context { get; } = new()
    {
        Environment = "prod",
        Month = "September",
        Untold = [Key(598), Key(599)],
        File = "/mnt/efs/.benchmark/reports/0f3f7c1e-6d0b-5f2a-9c55-2d8a4f1b7e60.html",
    };

    public static RunSummary Run { get; } = new()
    {
        RunId = Guid.Parse("0f3f7c1e-6d0b-5f2a-9c55-2d8a4f1b7e60"),
        State = RunState.Incomplete,
        Trigger = RunTrigger.Schedule,
        StartedAt = s_start,
        ClosedAt = s_start.AddMinutes(47),
        CloseReason = "deadline of 2026-09-01 10:00:00 UTC passed",
        Models = [.. Enumerable.Range(0, 600).Select(Refresh).OrderBy(model => model.Name.ToString())],
    };

    public static IReadOnlyDictionary<ModelKey, ModelFacts> Facts { get; } =
        Enumerable.Range(0, 600).ToDictionary(Key, FactsOf);

    private static ModelKey Key(int number) => new()
    {
        ValueStream = s_streams[number % s_streams.Length],
        Model = string.Create(CultureInfo.InvariantCulture, $"pd_{number:D3}"),
    };

    private static RefreshOutcome Refresh(int number)
    {
        var (key, model) = (Key(number), Published(number));
        return number switch
        {
            < 35 => Ended(model, Outcome.Failed, Stage.Fetch,
                $"The source refused: SQL access control error: Insufficient privileges to operate on table "
                + $"'{key.ValueStream.ToUpperInvariant()}.PD_{number:D3}' (query 01b{number:D5}-0000-{number:D4}).",
                "Grant the role SELECT on the table."),
            35 => Ended(model, Outcome.Failed, Stage.Fetch, "The fetch took longer than 15 minutes.", null),
            36 => Ended(model, Outcome.Rejected, Stage.Validate,
                "Column score: moved, PSI 1.581 on 10 bins against version 11; limit 0.25, noise 0.018, p < 0.001.",
                null) with
            { WorstDrift = Drift("score", 1.581, Band.Moved) },
            37 => Ended(model, Outcome.Rejected, Stage.Validate,
                "Column score: 1,212 of 20,000 rows above 850; allowed 5 %; line 17\n6.1 % of the rows break a rule; "
                + "allowed 5 %", null),
            38 => Ended(model, Outcome.Rejected, Stage.Validate,
                "The rows changed by 61 %, from 20,000 to 7,800; allowed 50 %", null),
            39 => Ended(model, Outcome.Missing, Stage.Publish, "It had no outcome when the run closed.", null),
            < 59 => model with { WorstDrift = Drift(Column(number), Psi(number), BandOf(Psi(number))), Warnings = 1 },
            < 71 => model with { Warnings = number % 2 + 1 },
            < 90 => model with { Outcome = Outcome.Unchanged },
            _ => model,
        };
    }

    private static RefreshOutcome Published(int number) => new()
    {
        ValueStream = Key(number).ValueStream,
        Model = Key(number).Model,
        Outcome = Outcome.Published,
        Stage = Stage.Publish,
        Version = 12,
        Rows = 20_000 + (number * 37),
        Bytes = 1_000_000,
        WorstDrift = Drift("score", 0.01 + (number % 7 / 100.0), Band.Stable),
    };

    private static RefreshOutcome Ended(
        RefreshOutcome model, Outcome outcome, Stage stage, string reason, string? hint) => model with
        {
            Outcome = outcome,
            Stage = stage,
            Reason = reason,
            Hint = hint,
            Version = null,
            Rows = null,
            WorstDrift = null,
        };

    private static ModelFacts FactsOf(int number)
    {
        var (key, refresh) = (Key(number), Refresh(number));
        var definition = Models.Named(key.ValueStream, key.Model) with
        {
            Owner = $"{key.ValueStream}-analytics@bank.example",
            Columns =
            [
                new ColumnRule
                {
                    Name = "score",
                    IsScore = true,
                    Drift = new DriftLimits { Bins = 10, Warn = 0.10, Fail = 0.25 },
                },
            ],
        };
        return new ModelFacts
        {
            Definition = definition,
            Owner = definition.Owner,
            Served = number != 3,
            ServedNow = number == 3 || refresh.IsRefreshed
                ? null : new ServedVersion(11, 20_000 + (number * 31), s_start.AddDays(-31)),
            RejectedIn = $"/mnt/efs/{key}/.rejected/{Run?.RunId}",
            Checks = ChecksOf(number),
            Drift = refresh.WorstDrift is { } worst ? Summary(number, worst) : null,
            Earlier = [.. Enumerable.Range(1, 11).Select(version => Earlier(number, version))],
        };
    }

    private static DriftSummary Summary(int number, WorstDrift worst) => new()
    {
        AgainstVersion = 11,
        Worst = worst,
        AnchorVersion = 3,
        WorstSinceAnchor = number is > 55 and < 63
            ? Drift("income", 0.12 + (number % 5 * 0.06), BandOf(0.12 + (number % 5 * 0.06))) : null,
        Columns =
        [
            Column(worst),
            .. number % 6 == 0 ? [Column(Drift("tenure", 0.113, Band.Shifted))] : Array.Empty<ColumnDrift>(),
        ],
    };

    private static EarlierDrift Earlier(int number, int version) => new(version, version == 1
        ? null
        : new DriftSummary
        {
            AgainstVersion = version - 1,
            WorstSinceAnchor = Drift("income", 0.01 * version, Band.Stable),
            Columns = [Column(Drift(Column(number), 0.02 + (((number * version) % 13) / 80.0), Band.Stable))],
        });

    private static IReadOnlyList<CheckResult> ChecksOf(int number) => number switch
    {
        36 => [Check(CheckName.Drift, CheckStatus.Fail, "score", "Column score: moved")],
        37 => [Check(CheckName.RowRules, CheckStatus.Fail, null, "6.1 % of the rows break a rule")],
        38 => [Check(CheckName.RowsChange, CheckStatus.Fail, null, "The rows changed by 61 %")],
        >= 40 and < 59 => [Check(CheckName.Drift, CheckStatus.Warn, Column(number), "Column drifted")],
        >= 59 and < 71 => [.. new[]
        {
            Check(CheckName.Range, CheckStatus.Warn, "age",
                $"Column age: {number} of 20000 rows below 18; allowed 5 %; line {number * 3}."),
            Check(CheckName.Missing, CheckStatus.Warn, "income",
                "Column income: 9.2 % of the rows have no value, and 1.1 % in version 11; limit 5 points more, "
                + "p < 0.001."),
        }.Take((number % 2) + 1)],
        _ => [],
    };

    private static CheckResult Check(CheckName check, CheckStatus status, string? column, string message) =>
        new() { Check = check, Status = status, Column = column, Message = message };

    private static double Psi(int number) => number switch
    {
        40 => 0.560,
        41 => 0.523,
        42 => 0.341,
        43 => 0.262,
        _ => 0.100 + (number % 15 * 0.009),
    };

    private static Band BandOf(double psi) => psi >= 0.25 ? Band.Moved : Band.Shifted;

    private static string Column(int number) => number % 3 == 0 ? "score" : number % 3 == 1 ? "income" : "balance";

    private static ColumnDrift Column(WorstDrift drift) => new()
    {
        Column = drift.Column,
        Psi = drift.Psi,
        Band = drift.Band,
        NoiseLimit = 0.018,
        PValue = drift.PValue,
        BinsFilled = drift.BinsFilled,
    };

    private static WorstDrift Drift(string column, double psi, Band band) =>
        new() { Column = column, Psi = psi, Band = band, PValue = 1e-9, BinsFilled = 10 };
}
