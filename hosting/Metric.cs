using System.Diagnostics;

namespace Benchmark.Hosting;

/// <summary>How a metric's values add up.</summary>
public enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Grows and shrinks by steps.</summary>
    UpDownCounter,

    /// <summary>The current value, read at each export.</summary>
    Gauge,

    /// <summary>Many values, by size.</summary>
    Histogram,
}

/// <summary>A metric that this product exports.</summary>
/// <param name="Name">Its name, as in Datadog.</param>
/// <param name="Kind">How its values add up.</param>
/// <param name="Unit">The unit, in UCUM.</param>
/// <param name="Tags">The tags of every value.</param>
/// <param name="Service">The service that exports it.</param>
/// <param name="Meaning">What it tells.</param>
public sealed record Metric(
    string Name, MetricKind Kind, string Unit, IReadOnlyList<string> Tags, string Service, string Meaning)
{
    /// <summary>The metric's tags with these values, in the same order.</summary>
    /// <exception cref="ArgumentException">There are more or fewer values than tags.</exception>
    internal TagList Tagged(ReadOnlySpan<string> values)
    {
        if (values.Length != Tags.Count)
            throw new ArgumentException(
                $"{Name} has the tags [{string.Join(", ", Tags)}], but was given {values.Length} values.");
        var tags = new TagList();
        for (var i = 0; i < values.Length; i++)
            tags.Add(Tags[i], values[i]);
        return tags;
    }
}
