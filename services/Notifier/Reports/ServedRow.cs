using System.Globalization;
using Benchmark.Contracts;

namespace Benchmark.Notifier.Reports;

/// <summary>A row of the report: what is served of a model that was not published.</summary>
public sealed record ServedRow : IReportRow
{
    public required string Model { get; init; }

    /// <summary>The version; <c>nothing yet</c>, or <c>not known</c> where the volume is not mounted.</summary>
    public required string Version { get; init; }

    /// <summary>How old its data is; empty when nothing is served.</summary>
    public required string Age { get; init; }

    /// <summary>Its rows; empty when nothing is served.</summary>
    public required string Rows { get; init; }

    public int Models => 1;

    internal static ServedRow Of(RefreshOutcome model, ModelFacts facts, DateTimeOffset now) => new()
    {
        Model = Wording.Clipped(Wording.OneLine(model.Name.ToString()), 200),
        Version = facts switch
        {
            { ServedNow: { } served } => string.Create(CultureInfo.InvariantCulture, $"version {served.Version}"),
            { Served: false } => "nothing yet",
            _ => "not known",
        },
        Age = facts.ServedNow is { } version ? Wording.Age(now - version.RefreshedAt) : "",
        Rows = facts.ServedNow is { } file ? $"{Wording.Number(file.Rows)} row{(file.Rows == 1 ? "" : "s")}" : "",
    };
}
