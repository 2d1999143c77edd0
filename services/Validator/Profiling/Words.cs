using System.Text.Json;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Profiling;

/// <summary>Types in the words of registry and manifest.</summary>
internal static class Words
{
    public static string Of(ColumnType type) => JsonSerializer.SerializeToElement(type).GetString()!;
}
