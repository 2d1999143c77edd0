using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary><c>benchmark.json</c>: the facts of what readers open.</summary>
internal static class ServedFacts
{
    /// <summary>Reads it; null when it is missing or is not about this version.</summary>
    public static Manifest? TryRead(ModelPaths model, Manifest version, ILogger logger)
    {
        if (!File.Exists(model.Manifest))
            return null;
        try
        {
            var facts = VolumeJson.Read<Manifest>(model.Manifest);
            // The run too: somebody may have removed all versions, and numbers start anew.
            return (facts.Version, facts.Sha256, facts.RunId) == (version.Version, version.Sha256, version.RunId)
                ? facts : null;
        }
        catch (InvalidDataException e)
        {
            // Somebody else's file, or one edited by hand. Nothing is lost: the version has the facts.
            logger.FactsUnreadable(model.Manifest, e.Message);
            return null;
        }
    }
}
