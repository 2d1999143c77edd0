namespace Benchmark.Contracts;

/// <summary>Names one model: its value stream and its name in it. Written <c>value_stream_1/model_x</c>.</summary>
public sealed record ModelKey
{
    /// <summary>The value stream, as the registry spells it.</summary>
    public required string ValueStream { get; init; }

    /// <summary>
    /// The model's name within its value stream; <c>shared_data</c> is the value stream's shared dataset.
    /// </summary>
    public required string Model { get; init; }

    /// <summary>The form people read and type: <c>value_stream_1/model_x</c>.</summary>
    public override string ToString() => $"{ValueStream}/{Model}";
}
