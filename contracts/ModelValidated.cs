namespace Benchmark.Contracts;

/// <summary>Staged data passed its checks; its profile and report are beside it.</summary>
public sealed record ModelValidated
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The value stream, as the registry spells it.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model's name within its value stream.</summary>
    public required string Model { get; init; }

    /// <summary>Which attempt's staging directory holds it.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many checks gave a warning.</summary>
    public required int Warnings { get; init; }

    /// <summary>Rows staged; none in a message from an older version.</summary>
    public long? Rows { get; init; }

    /// <summary>Bytes staged; none in a message from an older version.</summary>
    public long? Bytes { get; init; }

    /// <summary>
    /// Set when readers had exactly these rows when they were checked; then there is neither profile nor report.
    /// </summary>
    public UnchangedRows? Unchanged { get; init; }
}
