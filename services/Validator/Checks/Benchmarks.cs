using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Checks;

/// <summary>The versions that staged data is compared with.</summary>
/// <param name="Published">What readers see now; null before the first version.</param>
/// <param name="Anchor">What drift is measured from in all; null when that is the published version, too.</param>
internal sealed record Benchmarks(Published? Published, Anchor? Anchor)
{
    /// <summary>Reads their documents; their data is not opened.</summary>
    public static Benchmarks Read(ModelPaths paths, ModelDefinition model)
    {
        var published = Published.Latest(paths);
        return new Benchmarks(published, published is null ? null : Anchor.Read(paths, model, published));
    }
}
