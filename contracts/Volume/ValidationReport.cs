using System.Text.Json.Serialization;
using Benchmark.Data.Stability;

namespace Benchmark.Contracts.Volume;

/// <summary><c>checks.json</c> beside the data: everything that the Validator found.</summary>
public sealed record ValidationReport
{
    /// <summary>Whether the data may be published.</summary>
    public required bool Accepted { get; init; }

    /// <summary>Every check that was evaluated, failed ones first.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Drift against the published version; none on a first version.</summary>
    public DriftSummary? Drift { get; init; }

    /// <summary>
    /// What to do before it is fetched again, as text for people; none when the failed checks say it.
    /// </summary>
    public string? Hint { get; init; }

    /// <summary>When the checks ended, UTC.</summary>
    public required DateTimeOffset CheckedAt { get; init; }
}

/// <summary>One evaluated check.</summary>
public sealed record CheckResult
{
    /// <summary>What ends the message of a failure that <c>--force</c> has turned into a warning.</summary>
    public const string ForcedWords = "Accepted, because the refresh was forced.";

    /// <summary>Which check.</summary>
    public required CheckName Check { get; init; }

    /// <summary>The column it looked at; none when it looked at the whole file.</summary>
    public string? Column { get; init; }

    /// <summary>Its result.</summary>
    public required CheckStatus Status { get; init; }

    /// <summary>What was seen: a number, or words.</summary>
    public CheckValue? Observed { get; init; }

    /// <summary>What is allowed: a number or text.</summary>
    public CheckValue? Limit { get; init; }

    /// <summary>Up to five line numbers of the file (the header is line 1) as examples.</summary>
    public IReadOnlyList<long>? Lines { get; init; }

    /// <summary>One sentence for people: column, observed, limit, sample line; never a customer's value.</summary>
    public required string Message { get; init; }

    /// <summary>The same as a warning, because somebody has overruled it.</summary>
    public CheckResult AsOverruled() => this with { Status = CheckStatus.Warn, Message = $"{Message} {ForcedWords}" };

    /// <summary>Whether it failed and was overruled.</summary>
    [JsonIgnore]
    public bool WasForced => Status == CheckStatus.Warn && Message.EndsWith(ForcedWords, StringComparison.Ordinal);
}

/// <summary>The result of a check.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckStatus>))]
public enum CheckStatus
{
    /// <summary>Passed.</summary>
    [JsonStringEnumMemberName("pass")]
    Pass,

    /// <summary>Failed in a way that does not stop publishing.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>Stops publishing.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}

/// <summary>How far each column drifted from the published version.</summary>
public sealed record DriftSummary
{
    /// <summary>The published version that was compared with.</summary>
    public required int AgainstVersion { get; init; }

    /// <summary>The first of the columns; none when no column was compared.</summary>
    public WorstDrift? Worst { get; init; }

    /// <summary>
    /// The anchor of cumulative drift; none when that is the published version, or there is none.
    /// </summary>
    public int? AnchorVersion { get; init; }

    /// <summary>The column with the worst drift from the anchor; none when no column was compared with it.</summary>
    public WorstDrift? WorstSinceAnchor { get; init; }

    /// <summary>Every compared column: the worst verdict first, and of equal verdicts the greatest PSI.</summary>
    public required IReadOnlyList<ColumnDrift> Columns { get; init; }
}

/// <summary>How far one column drifted.</summary>
public sealed record ColumnDrift
{
    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>PSI (of a score) or CSI (of any other column), dimensionless.</summary>
    public required double Psi { get; init; }

    /// <summary>The verdict on it.</summary>
    public required Band Band { get; init; }

    /// <summary>The PSI that two samples of one population stay under 95 times in 100.</summary>
    public required double NoiseLimit { get; init; }

    /// <summary>Where noise limit and p-value are from.</summary>
    public NoiseMethod? NoiseMethod { get; init; }

    /// <summary>How probable it is that two samples of one population differ as much.</summary>
    public double? PValue { get; init; }

    /// <summary>The number of bins that the verdict stands on: those not empty on both sides.</summary>
    public int? BinsFilled { get; init; }

    /// <summary>Why there is no verdict, in words; none where there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// How many points of the scorecard the average row gained, Σ (actual − expected share) · points; none where the
    /// registry does not give the points of each bin.
    /// </summary>
    public double? CsiPoints { get; init; }
}
