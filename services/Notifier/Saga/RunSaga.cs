using Benchmark.Contracts;
using MassTransit;

namespace Benchmark.Notifier.Saga;

/// <summary>
/// The state of one run: a row of the table <c>runs</c>. Its refreshes are rows of their own.
/// </summary>
public sealed record RunSaga : SagaStateMachineInstance
{
    /// <summary>The run id.</summary>
    public Guid CorrelationId { get; set; }

    /// <summary>The name of the state machine's state.</summary>
    public string Phase { get; set; } = "Initial";

    public RunTrigger? Trigger { get; set; }

    public string? RequestedBy { get; set; }

    public string? Reason { get; set; }

    /// <summary>When its first event was received.</summary>
    public DateTimeOffset OpenedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset Deadline { get; set; }

    public string? RegistrySha256 { get; set; }

    /// <summary>How it was closed; null while open.</summary>
    public RunState? State { get; set; }

    public string? CloseReason { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }
}
