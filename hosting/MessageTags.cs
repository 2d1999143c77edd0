using Benchmark.Hosting.Tracing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Hosting;

/// <summary>What messages put on the spans in which they are sent, received and consumed.</summary>
public static class MessageTags
{
    /// <summary>
    /// Says what the spans of a message show. All services of a process share one such rule: the first one given.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="tags">The tags of a message's spans; none for a message that is not ours.</param>
    /// <param name="failure">
    /// Why the work failed that ended with this message; null when it did not. The span that sends it becomes an error.
    /// </param>
    public static void AddMessageTags(
        this IHostApplicationBuilder builder,
        Func<object, IReadOnlyList<KeyValuePair<string, string>>> tags,
        Func<object, string?> failure) =>
        builder.Services.TryAddSingleton(new MessageTagging(tags, failure));
}
