using Benchmark.Contracts;

namespace Benchmark.Notifier.Saga;

/// <summary>
/// What a transaction has recorded for the first time, to be counted once it is committed. A repeated message records
/// nothing.
/// </summary>
internal sealed record Recorded
{
    /// <summary>The run.</summary>
    public RunSaga? Run { get; set; }

    /// <summary>The run, if its start was recorded.</summary>
    public RunSaga? Started { get; set; }

    /// <summary>The run, if its close was recorded.</summary>
    public RunSaga? Closed { get; set; }

    /// <summary>The refreshes whose outcome was recorded.</summary>
    public List<RefreshOutcome> Ended { get; } = [];
}
