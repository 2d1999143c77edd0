namespace Benchmark.Contracts.Volume;

/// <summary>Which failed checks a person may overrule.</summary>
public static class Overruling
{
    /// <summary>The checks that have failed, each once.</summary>
    public static IReadOnlyList<CheckName> Failed(ValidationReport report) =>
        [.. report.Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Check).Distinct()];

    /// <summary>
    /// Those of them that nobody may overrule: whatever does not compare the data with other versions.
    /// </summary>
    public static IReadOnlyList<CheckName> Firm(ValidationReport report) =>
        [.. Failed(report).Where(check => !CheckDescription.Of(check).IsOverruledByForce)];

    /// <summary>Why such data can never be accepted, in a sentence.</summary>
    /// <param name="firm">The checks that nobody may overrule. Never empty.</param>
    public static string Refusal(IEnumerable<CheckName> firm) =>
        $"Nobody can overrule {string.Join(", ", firm.Select(check => Data.EnumWords.Word(check)))}: only comparisons "
        + "with other versions can be.";
}
