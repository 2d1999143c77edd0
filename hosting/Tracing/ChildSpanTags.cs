using System.Diagnostics;
using OpenTelemetry;

namespace Benchmark.Hosting.Tracing;

/// <summary>Gives every span the tags of the message in whose work it is started.</summary>
internal sealed class ChildSpanTags : BaseProcessor<Activity>
{
    public override void OnStart(Activity data) => data.Inherit();
}
