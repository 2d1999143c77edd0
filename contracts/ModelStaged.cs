using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts;

/// <summary>A model's data is complete in its staging directory and ready to be checked.</summary>
public sealed record ModelStaged
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The value stream, as the registry spells it.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model's name within its value stream.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// Which attempt's staging directory holds it: <c>.staging/&lt;run&gt;-&lt;attempt&gt;</c>; from 1.
    /// </summary>
    public required int Attempt { get; init; }

    /// <summary>Rows staged.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes staged.</summary>
    public required long Bytes { get; init; }

    /// <summary>When the query was sent, UTC; tells, after staging is removed, whether newer data is served.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>The same by the clock of the volume, which is one for all machines.</summary>
    public DateTimeOffset? VolumeTime { get; init; }

    /// <summary>Set when readers have exactly these rows; then there is no <c>staged.json</c>.</summary>
    public UnchangedRows? Unchanged { get; init; }

    /// <summary>The message about staged rows.</summary>
    public static ModelStaged Of(StagedFacts facts) => new()
    {
        RunId = facts.RunId,
        ValueStream = facts.ValueStream,
        Model = facts.Model,
        Attempt = facts.Attempt,
        Rows = facts.Rows,
        Bytes = facts.Bytes,
        FetchedAt = facts.FetchedAt,
        VolumeTime = facts.VolumeTime,
    };
}
