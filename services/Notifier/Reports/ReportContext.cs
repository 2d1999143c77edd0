using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Pages;

namespace Benchmark.Notifier.Reports;

/// <summary>What a report says beyond the run itself.</summary>
public sealed record ReportContext
{
    /// <summary>The environment, such as <c>prod</c>; null when nothing sets it.</summary>
    public string? Environment { get; init; }

    /// <summary>The month, when the run is that of a monthly schedule: <c>September</c>; null for any other.</summary>
    public string? Month { get; init; }

    /// <summary>The value stream, when the report is about one of several in the run; null otherwise.</summary>
    public string? ValueStream { get; init; }

    /// <summary>Addresses of the pages; null where there are none.</summary>
    public PageLinks? Links { get; init; }

    /// <summary>The models of the run that nobody is told about.</summary>
    public IReadOnlyList<ModelKey> Untold { get; init; } = [];

    /// <summary>The models of the report's value streams that are left out of their schedules, and why.</summary>
    public IReadOnlyList<SuspendedModel> Suspended { get; init; } = [];

    /// <summary>
    /// When ages are counted; null for when the run closed, so that a report that is sent twice is the same.
    /// </summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The report of the whole run on the volume; null when it is not known where that is.</summary>
    public string? File { get; init; }
}

/// <summary>A model that is left out of its schedule.</summary>
/// <param name="Model">The model.</param>
/// <param name="Suspension">Until when, and why.</param>
public sealed record SuspendedModel(ModelKey Model, Suspension Suspension);
