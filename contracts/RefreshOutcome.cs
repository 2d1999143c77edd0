using System.Text.Json.Serialization;
using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts;

/// <summary>
/// The state of one refresh: its outcome, or how far it has come. The service that ends a refresh fills it, and it is
/// carried whole to the run's row, <see cref="RunClosed"/>, the report, the command line and JSON, so that a new fact
/// changes only this record and the code that fills or shows it.
/// </summary>
public sealed record RefreshOutcome
{
    /// <summary>The value stream, as requested.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model, as requested.</summary>
    public required string Model { get; init; }

    /// <summary>How it ended; none while it runs.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Where it is, or ended.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The served version; none when the refresh did not get that far.</summary>
    public int? Version { get; init; }

    /// <summary>
    /// Data rows of the served version or of the staged data; none when nothing was staged.
    /// </summary>
    public long? Rows { get; init; }

    /// <summary>The size of that data in bytes; none when nothing was staged.</summary>
    public long? Bytes { get; init; }

    /// <summary>How many checks gave a warning.</summary>
    public int Warnings { get; init; }

    /// <summary>What went wrong, as text for people; several reasons are separated by line ends.</summary>
    public string? Reason { get; init; }

    /// <summary>The column with the worst drift from the published version; none when nothing was compared.</summary>
    public WorstDrift? WorstDrift { get; init; }

    /// <summary>What to do next, as text for people; none when the service gave no hint.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hint { get; init; }

    /// <summary>The version whose data a rollback serves again; none for a refresh.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RolledBackTo { get; init; }

    /// <summary>The run whose rejected data a person has accepted; none for a refresh.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? AcceptedFrom { get; init; }

    /// <summary>The checks that a person has overruled; none where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CheckName>? Overruled { get; init; }

    /// <summary>The model's name.</summary>
    [JsonIgnore]
    public ModelKey Name => new() { ValueStream = ValueStream, Model = Model };

    /// <summary>Whether the served data is that of this run or newer.</summary>
    [JsonIgnore]
    public bool IsRefreshed =>
        Outcome is Contracts.Outcome.Published or Contracts.Outcome.Unchanged or Contracts.Outcome.Superseded;
}
