using Benchmark.Contracts.Registry;

namespace Benchmark.Tests.Support;

/// <summary>Model definitions with every default of the registry; change with <c>with</c>.</summary>
public static class Models
{
    public static ModelDefinition Named(string valueStream, string model) => new()
    {
        ValueStream = valueStream,
        Model = model,
        Source = "demo",
        Table = $"{valueStream}.{model}",
        Rows = new RowLimits { Min = 1 },
        Threshold = 0.05,
        Drift = new DriftLimits { Bins = 10, Warn = 0.10, Fail = 0.25 },
        KeepVersions = 12,
        KeepRejectedDays = 30,
        Schedule = "0 0 1 * *",
        TimeZone = "UTC",
        FetchTimeout = TimeSpan.FromMinutes(15),
        RunDeadline = TimeSpan.FromHours(6),
        Notify = new NotifyTargets { Email = ["team@bank.example"], Slack = false },
    };
}
