using System.Diagnostics;

namespace Benchmark.Hosting.Tracing;

/// <summary>Spans of this product, beside those that MassTransit makes of every message.</summary>
public static class Spans
{
    private const string Inherited = "benchmark.inherited";

    private static readonly ActivitySource s_source = new(Telemetry.Source);

    /// <summary>
    /// Starts a span that begins a trace of its own. It and the current span link to each other where both are
    /// sampled. Dispose of it in the method that started it, which must be asynchronous: its caller keeps its span.
    /// </summary>
    /// <param name="name">The span's name.</param>
    /// <param name="tags">Its tags, and those of all spans below it.</param>
    /// <returns>Null when no traces are collected.</returns>
    public static Activity? StartTrace(string name, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        var origin = Activity.Current;
        // A span without a given parent becomes a child of the current one.
        Activity.Current = null;
        var span = s_source.StartActivity(
            name, ActivityKind.Internal, parentContext: default,
            links: origin is { Recorded: true } ? [new ActivityLink(origin.Context)] : null);
        if (span is null)
        {
            Activity.Current = origin;
            return null;
        }
        if (origin is { Recorded: true } && span.Recorded)
            origin.AddLink(new ActivityLink(span.Context));
        span.Tag(tags);
        return span;
    }

    /// <summary>Sets tags on a span and on all spans that are started below it in this process.</summary>
    public static void Tag(this Activity span, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        foreach (var (key, value) in tags)
            span.SetTag(key, value);
        if (tags.Count > 0)
            span.SetCustomProperty(Inherited, tags);
    }

    /// <summary>Sets the tags that the span above it passes on.</summary>
    internal static void Inherit(this Activity span)
    {
        if (span.Parent?.GetCustomProperty(Inherited) is IReadOnlyList<KeyValuePair<string, string>> tags)
            span.Tag(tags);
    }
}
