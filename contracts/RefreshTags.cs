namespace Benchmark.Contracts;

/// <summary>What the spans of a message show: the run, the value stream and the model.</summary>
public static class RefreshTags
{
    /// <summary>The tags of a message's spans; none for a message that is not of these contracts.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(object message) => message switch
    {
        RefreshRunStarted m => Of(m.RunId),
        RefreshModel m => Of(m.RunId, m.ValueStream, m.Model),
        ModelStaged m => Of(m.RunId, m.ValueStream, m.Model),
        ModelValidated m => Of(m.RunId, m.ValueStream, m.Model),
        ModelFetchFailed m => Of(m.RunId, m.Refresh.ValueStream, m.Refresh.Model),
        ModelRejected m => Of(m.RunId, m.Refresh.ValueStream, m.Refresh.Model),
        ModelPublished m => Of(m.RunId, m.Refresh.ValueStream, m.Refresh.Model),
        ModelPublishFailed m => Of(m.RunId, m.Refresh.ValueStream, m.Refresh.Model),
        RollBackModel m => Of(m.RunId, m.ValueStream, m.Model),
        AcceptRejected m => Of(m.RunId, m.ValueStream, m.Model),
        PinVersion m => Of(null, m.ValueStream, m.Model),
        PruneVersions m => Of(null, m.ValueStream, m.Model),
        CloseRun m => Of(m.RunId),
        RunClosed m => Of(m.RunId),
        _ => [],
    };

    /// <summary>Why a refresh failed, when this message tells that it did; otherwise null.</summary>
    public static string? FailureOf(object message) => message switch
    {
        ModelFetchFailed m => m.Refresh.Reason,
        ModelRejected m => m.Refresh.Reason,
        ModelPublishFailed m => m.Refresh.Reason,
        _ => null,
    };

    private static IReadOnlyList<KeyValuePair<string, string>> Of(Guid? runId, string valueStream, string model) =>
    [
        .. runId is { } run ? Of(run) : [],
        KeyValuePair.Create("value_stream", valueStream), KeyValuePair.Create("model", model),
    ];

    private static IReadOnlyList<KeyValuePair<string, string>> Of(Guid runId) =>
        [KeyValuePair.Create("run_id", runId.ToString())];
}
