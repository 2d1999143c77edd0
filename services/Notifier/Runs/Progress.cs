namespace Benchmark.Notifier.Runs;

/// <summary>
/// How far a refresh is known to have come. News counts only when it raises this, so any order of events, and any
/// repetition, ends in the same place: the first word of a service is final, replaces what a fault or the deadline
/// said, and a late intermediate step changes nothing.
/// </summary>
internal enum Progress
{
    /// <summary>Waited for; nothing heard.</summary>
    Expected = 0,

    /// <summary>Its data is staged.</summary>
    Staged = 1,

    /// <summary>Its data passed the checks.</summary>
    Validated = 2,

    /// <summary>The run closed without a word of it.</summary>
    Missing = 3,

    /// <summary>A service gave up on it; its message waits in an error queue and may be replayed.</summary>
    Faulted = 4,

    /// <summary>A service told how it ended.</summary>
    Told = 5,
}
