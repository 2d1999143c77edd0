using Benchmark.Contracts;
using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher;

/// <summary>The run of a single model, opened for a request that names no run. Pure.</summary>
internal static class SingleModelRun
{
    // A model that is not in the registry fails at once, so the deadline matters only while no Fetcher runs.
    private static readonly TimeSpan s_deadlineOfUnknownModel = TimeSpan.FromHours(1);

    /// <param name="request">What a person published.</param>
    /// <param name="messageId">The transport's id: the same message delivered again is the same run.</param>
    /// <param name="registry">The registry that the run is pinned to.</param>
    /// <param name="now">When the run starts.</param>
    public static RefreshRunStarted Of(
        RefreshModel request, Guid messageId, ModelRegistry registry, DateTimeOffset now) => new()
        {
            RunId = messageId,
            Trigger = RunTrigger.Message,
            RequestedBy = request.RequestedBy,
            Reason = request.Reason,
            StartedAt = now,
            Deadline = now + (
                registry.Find(request.ValueStream, request.Model)?.RunDeadline ?? s_deadlineOfUnknownModel),
            RegistrySha256 = registry.Sha256,
            Models = [new ModelKey { ValueStream = request.ValueStream, Model = request.Model }],
        };
}
