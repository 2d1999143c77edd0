using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Checks;

/// <summary>The versions that staged data is compared with.</summary>
/// <param name="Published">The published version; null before the first one.</param>
/// <param name="Anchor">The anchor of cumulative drift; null when that is the published version.</param>
internal sealed record ComparedVersions(VersionDocuments? Published, Anchor? Anchor)
{
    /// <summary>Reads their documents; their data is not opened.</summary>
    public static ComparedVersions Read(ModelPaths paths, ModelDefinition model)
    {
        var published = VersionDocuments.Latest(paths);
        return new ComparedVersions(published, published is null ? null : Anchor.Read(paths, model, published));
    }
}
