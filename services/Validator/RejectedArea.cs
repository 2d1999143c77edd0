using Benchmark.Contracts.Volume;

namespace Benchmark.Validator;

/// <summary>What failed its checks, kept for a while so that a person can look at it.</summary>
internal static class RejectedArea
{
    /// <summary>Moves a staged refresh to the rejected area, in place of an earlier attempt of the same run.</summary>
    public static void Take(StagedPaths staged, ModelPaths paths, Guid runId)
    {
        Directory.CreateDirectory(paths.RejectedArea);
        var rejected = paths.Rejected(runId).Directory;
        if (!Posix.TryRenameDirectory(staged.Directory, rejected))
        {
            Directory.Delete(rejected, recursive: true);
            // Lost again only to another attempt of the same run at this very moment: the retry sorts it out.
            if (!Posix.TryRenameDirectory(staged.Directory, rejected))
                throw new IOException($"{paths.Relative(rejected)} appeared again while it was being replaced.");
        }
        Posix.FlushDirectory(paths.RejectedArea);
        Posix.FlushDirectory(paths.StagingArea);
    }

    /// <summary>Removes what other runs left before a time.</summary>
    public static void Sweep(ModelPaths paths, Guid runId, DateTimeOffset before)
    {
        var own = paths.Rejected(runId).Directory;
        foreach (var directory in Directory.EnumerateDirectories(paths.RejectedArea))
        {
            if (directory != own && Directory.GetLastWriteTimeUtc(directory) < before.UtcDateTime)
                Directory.Delete(directory, recursive: true);
        }
    }
}
