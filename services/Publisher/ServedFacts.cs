using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary><c>benchmark.json</c>: the facts of the served version.</summary>
internal static class ServedFacts
{
    /// <summary>Reads it; null when it is missing, or is not what a Publisher writes.</summary>
    /// <exception cref="RefusedException">It is a directory, which nothing can replace.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Manifest? TryRead(ModelPaths model, ILogger logger)
    {
        try
        {
            // The file is compared, because somebody may have copied a version's own manifest here; the number, because
            // the next version gets the one after it.
            return VolumeJson.ReadIfThere<Manifest>(model.Manifest) is { } facts
                && facts.Version is > 0 and <= PublishedVersions.Last
                && facts.File == model.ServedFile(facts.Version) ? facts : null;
        }
        catch (InvalidDataException e)
        {
            RefuseDirectory(model.Manifest, Posix.Examine(model.Manifest));
            // A foreign or edited file; nothing is lost, because the version's manifest has the facts.
            logger.FactsUnreadable(model.Manifest, e.Message);
            return null;
        }
    }

    /// <summary>rename(2) replaces files, symbolic links and pipes, but not directories.</summary>
    /// <exception cref="RefusedException">It is one.</exception>
    public static void RefuseDirectory(string path, FileStatus? seen)
    {
        if (seen is { IsDirectory: true })
            throw new RefusedException(
                $"{path} is a directory.", "Move or remove it, then refresh the model again.");
    }
}
