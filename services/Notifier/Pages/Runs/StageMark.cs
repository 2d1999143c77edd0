using Benchmark.Contracts;

namespace Benchmark.Notifier.Pages.Runs;

/// <summary>A stage of a refresh in a word, and the colour of it.</summary>
internal readonly record struct StageMark(string Word, string Tone)
{
    /// <summary>What became of a stage of a refresh.</summary>
    /// <param name="refresh">The refresh.</param>
    /// <param name="stage">One of its stages.</param>
    /// <param name="isOpen">Whether the run still waits for it.</param>
    public static StageMark Of(RefreshOutcome refresh, Stage stage, bool isOpen)
    {
        if (refresh.IsRefreshed || stage < refresh.Stage)
            return new("✓ done", "good");
        if (stage > refresh.Stage)
            return new("–", "");
        return refresh.Outcome switch
        {
            null => isOpen ? new("● now", "") : new("–", ""),
            Outcome.Rejected => new("✗ rejected", "bad"),
            Outcome.Missing => new("? no answer", "warn"),
            Outcome.SourceLate => new("… source late", "warn"),
            _ => new("✗ failed", "bad"),
        };
    }
}
