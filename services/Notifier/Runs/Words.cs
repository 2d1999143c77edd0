using Benchmark.Contracts;

namespace Benchmark.Notifier.Runs;

/// <summary>Outcomes as the words that stand in the database, in JSON and in reports.</summary>
internal static class Words
{
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Published => "published",
        Outcome.Unchanged => "unchanged",
        Outcome.Rejected => "rejected",
        Outcome.Failed => "failed",
        Outcome.Missing => "missing",
        Outcome.Superseded => "superseded",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not an outcome."),
    };

    public static Outcome? Read(string? word) =>
        word is null ? null : Enum.GetValues<Outcome>().Single(outcome => Of(outcome) == word);
}
