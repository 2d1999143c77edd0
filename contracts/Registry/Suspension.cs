using System.Globalization;

namespace Benchmark.Contracts.Registry;

/// <summary>How long a model is left out of its schedule, and why.</summary>
/// <param name="Until">The last day of it, in the time zone of the schedule.</param>
/// <param name="Reason">Why, in the words of whoever suspended it.</param>
public sealed record Suspension(DateOnly Until, string Reason)
{
    /// <summary><c>suspended until 2027-01-31: the table is being rebuilt</c>, as it is shown everywhere.</summary>
    public override string ToString() =>
        $"suspended until {Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {Reason}";
}

/// <summary>Whether models are suspended.</summary>
public static class Suspended
{
    /// <summary>The suspension that holds at a moment; null when there is none, or it is over.</summary>
    public static Suspension? SuspendedAt(this ModelDefinition model, DateTimeOffset now) =>
        model.Suspend is { } suspend && now < model.SuspendedBefore(suspend) ? suspend : null;

    /// <summary>The moment at which a suspension is over: the midnight that ends its last day.</summary>
    public static DateTimeOffset SuspendedBefore(this ModelDefinition model, Suspension suspend)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(model.TimeZone);
        var midnight = suspend.Until.AddDays(1).ToDateTime(TimeOnly.MinValue);
        // Where the clocks skip it.
        if (zone.IsInvalidTime(midnight))
            midnight = midnight.AddHours(1);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
