using System.Globalization;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>
/// A version's data under a temporary name beside <c>benchmark.csv</c>, which it will replace. The name tells the
/// version, so that a faster publisher of a higher one can remove it.
/// </summary>
internal sealed class TemporaryLink : IDisposable
{
    private readonly string _temporary;
    private readonly string _target;
    private readonly FileIdentity _data;

    private TemporaryLink(string temporary, string target, FileIdentity data) =>
        (_temporary, _target, _data) = (temporary, target, data);

    /// <summary>Makes it.</summary>
    /// <exception cref="IOException">It cannot be linked.</exception>
    public static TemporaryLink To(ModelPaths model, CommittedVersion version)
    {
        var number = version.Manifest.Version;
        var temporary = WholeFile.TemporaryFor(model.Benchmark, Tag(number));
        TryAct(() => Posix.TryLink(model.Version(number).Data, temporary),
            () => Posix.Identity(temporary) == version.Data);
        return new TemporaryLink(temporary, model.Benchmark, version.Data);
    }

    /// <summary>What the temporary names of a version have in them.</summary>
    public static string Tag(int version) => version.ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>Removes the temporary names of lower versions: of publishers that are slower, or were killed.</summary>
    /// <exception cref="IOException">One cannot be removed.</exception>
    public static void RemoveLower(ModelPaths model, int version)
    {
        foreach (var path in DirectoryEntries.Of(model.Directory, ".", ".tmp"))
            if (VersionOf(path) < version)
                Posix.TryUnlink(path);
    }

    /// <summary>Renames it over the target.</summary>
    /// <returns>False when a faster publisher of a higher version has removed it.</returns>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public bool TryReplace() => TryRename(
        () => Posix.Rename(_temporary, _target), _temporary, () => Posix.Identity(_target) == _data);

    /// <summary>Carries out a rename.</summary>
    /// <returns>False when somebody has removed the temporary name before.</returns>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static bool TryRename(Action rename, string temporary, Func<bool> isDone)
    {
        try
        {
            TryAct(rename, isDone);
            return true;
        }
        catch (IOException) when (!Posix.Exists(temporary))
        {
            return false;
        }
    }

    // It still exists if another publisher of the same version was faster: rename(2) does nothing for two names of one
    // file.
    public void Dispose() => Posix.TryUnlink(_temporary);

    // .benchmark.csv.000042.<guid>.tmp; null for one of somebody else, which is not touched.
    private static int? VersionOf(string path) =>
        Path.GetFileName(path).Split('.') is [.., var tag, _, _]
        && int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    // On EFS an error from link or rename does not mean that it failed: the reply may be lost, and then the client's
    // repeat of the request fails. Another publisher may also have done the same.
    private static void TryAct(Action act, Func<bool> isDone)
    {
        try
        {
            act();
        }
        catch (IOException) when (isDone())
        {
            // The result is as intended, whoever caused it.
        }
    }
}
