using System.Text.Json.Serialization;

namespace Benchmark.Contracts;

/// <summary>
/// What is known of one refresh: how it ended, or how far it has come. The service that ends a refresh fills it; from
/// there it travels whole to the run's row, <see cref="RunClosed"/>, the report, the command line and JSON. A new fact
/// touches this record, whoever fills it, and whoever shows it.
/// </summary>
public sealed record RefreshOutcome
{
    /// <summary>The value stream, as asked for.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model, as asked for.</summary>
    public required string Model { get; init; }

    /// <summary>How it ended; none while it has not.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Where it is, or ended.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The version being served; none when the refresh did not come so far.</summary>
    public int? Version { get; init; }

    /// <summary>
    /// Data rows: of the version being served, or of what was staged; none when there were none to count.
    /// </summary>
    public long? Rows { get; init; }

    /// <summary>The size of that data; none when there was none.</summary>
    public long? Bytes { get; init; }

    /// <summary>How many checks gave a warning.</summary>
    public int Warnings { get; init; }

    /// <summary>What went wrong, for a person to read; several reasons are separated by line ends.</summary>
    public string? Reason { get; init; }

    /// <summary>The column that drifted furthest from the published version; none when nothing was compared.</summary>
    public WorstDrift? WorstDrift { get; init; }

    /// <summary>What to do next, for a person to read, where the service said so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hint { get; init; }

    /// <summary>The model's name.</summary>
    [JsonIgnore]
    public ModelKey Name => new() { ValueStream = ValueStream, Model = Model };

    /// <summary>Whether the benchmark is as fresh as the run could make it.</summary>
    [JsonIgnore]
    public bool IsRefreshed =>
        Outcome is Contracts.Outcome.Published or Contracts.Outcome.Unchanged or Contracts.Outcome.Superseded;
}
