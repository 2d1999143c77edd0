namespace Benchmark.Contracts.Registry.Document;

/// <summary>Where something was written: a place in a file, or an environment variable.</summary>
internal sealed record Place(string Where, int? Line = null, int? Column = null)
{
    public override string ToString() => Line is null ? Where : $"{Where}({Line},{Column})";
}
