using System.Diagnostics;
using Benchmark.Contracts;
using Benchmark.Hosting;

namespace Benchmark.Fetcher;

/// <summary>The span of every fetch.</summary>
internal static class FetchTelemetry
{
    private static readonly ActivitySource s_source = new(Telemetry.Source);

    public static Activity? Start(RefreshModel request, Guid runId) =>
        s_source.StartActivity("fetch")?
            .SetTag("run_id", runId)
            .SetTag("value_stream", request.ValueStream)
            .SetTag("model", request.Model);
}
