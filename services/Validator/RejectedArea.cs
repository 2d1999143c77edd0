using Benchmark.Contracts.Volume;

namespace Benchmark.Validator;

/// <summary>Keeps data that failed its checks for a while, so that a person can look at it.</summary>
internal static class RejectedArea
{
    /// <summary>Moves a staged refresh to the rejected area, in place of an earlier attempt of the same run.</summary>
    public static void Move(StagedPaths staged, ModelPaths paths, Guid runId)
    {
        Directory.CreateDirectory(paths.RejectedArea);
        var rejected = paths.Rejected(runId).Directory;
        // Unlike what is only staged, it must survive a crash: while it is there, the run is not fetched again.
        foreach (var file in DirectoryEntries.Of(staged.Directory))
            Posix.FlushFile(file);
        Posix.FlushDirectory(staged.Directory);
        if (!Posix.TryRenameDirectory(staged.Directory, rejected))
        {
            // Another Validator had the same message and was faster: what is there are these rows.
            if (!Posix.Exists(staged.Data))
                throw new IOException($"{paths.Relative(rejected)} was made by another Validator meanwhile.");
            Directory.Delete(rejected, recursive: true);
            // Only another attempt of the same run at the same moment can take the name; a retry resolves it.
            if (!Posix.TryRenameDirectory(staged.Directory, rejected))
                throw new IOException($"{paths.Relative(rejected)} was created again while it was being replaced.");
        }
        LeaveMark(paths, runId);
        Posix.FlushDirectory(paths.RejectedArea);
    }

    /// <summary>
    /// Keeps the place of the run's first attempt taken, so that whoever has the request again looks for what has
    /// become of it. Without, every first delivery would have to look. The Publisher's sweep removes it once what was
    /// rejected is gone.
    /// </summary>
    public static void LeaveMark(ModelPaths paths, Guid runId) =>
        Posix.TryCreateDirectory(paths.Staging(runId, 1).Directory);

    /// <summary>Removes what other runs rejected before a time.</summary>
    public static void RemoveOld(ModelPaths paths, Guid runId, DateTimeOffset before)
    {
        var own = paths.Rejected(runId).Directory;
        foreach (var directory in DirectoryEntries.Of(paths.RejectedArea))
        {
            if (directory != own && Directory.GetLastWriteTimeUtc(directory) < before.UtcDateTime)
                Directory.Delete(directory, recursive: true);
        }
    }
}
