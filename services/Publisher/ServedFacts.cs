using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary><c>benchmark.json</c>: the facts of the served version.</summary>
internal static class ServedFacts
{
    /// <summary>Reads it; null when it is missing or is not about this version.</summary>
    public static Manifest? TryRead(ModelPaths model, Manifest version, ILogger logger)
    {
        if (!Posix.Exists(model.Manifest))
            return null;
        try
        {
            var facts = VolumeJson.Read<Manifest>(model.Manifest);
            // The run is compared too, because numbers start again after somebody has removed all versions; the file,
            // because somebody may have copied the version's own manifest here.
            return (facts.Version, facts.Sha256, facts.RunId, facts.File)
                == (version.Version, version.Sha256, version.RunId, model.ServedFile(version.Version)) ? facts : null;
        }
        catch (InvalidDataException e)
        {
            // A foreign or edited file; nothing is lost, because the version's manifest has the facts.
            logger.FactsUnreadable(model.Manifest, e.Message);
            return null;
        }
    }
}
