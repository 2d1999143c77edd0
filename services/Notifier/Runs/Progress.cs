namespace Benchmark.Notifier.Runs;

/// <summary>
/// How far a refresh has come. An event is recorded only if it raises the progress, so the result is the same for
/// events in any order and for repeated ones: the first outcome that a service reports is final, it replaces a fault or
/// the deadline's <c>missing</c>, and a late intermediate event changes nothing. Only a new version counts for more: it
/// is what readers have, whatever an earlier delivery of the same request came to.
/// </summary>
internal enum Progress
{
    /// <summary>The run waits for it; no event has arrived.</summary>
    Expected = 0,

    /// <summary>Its data is staged.</summary>
    Staged = 1,

    /// <summary>Its data passed the checks.</summary>
    Validated = 2,

    /// <summary>The run closed without its outcome.</summary>
    Missing = 3,

    /// <summary>A service's retries are exhausted; the message waits in an error queue and may be replayed.</summary>
    Faulted = 4,

    /// <summary>A service has reported its outcome.</summary>
    Ended = 5,

    /// <summary>Its data is a new version.</summary>
    Served = 6,
}
