using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>
/// By a symbolic link two models can have one directory, and each would serve the other's data as its own.
/// </summary>
internal static class SharedDirectory
{
    /// <summary>
    /// Refuses a model that a link leads to the directory of another. One that was renamed with its directory keeps its
    /// versions.
    /// </summary>
    /// <exception cref="RefusedException">It does.</exception>
    public static void Refuse(VolumeLayout volume, VersionHistory history, string valueStream, string model)
    {
        var served = history.Current();
        if ((served?.ValueStream, served?.Model) == (valueStream, model) || LinkTo(history.Model) is not { } link)
            return;
        var other = served is null ? OwnerOf(volume, history.Model) : $"{served.ValueStream}/{served.Model}";
        if (other is not null)
            throw new RefusedException(
                $"{valueStream}/{model} and {other} have one directory: {link} is a symbolic link.",
                "Remove the link, so that each model has a directory of its own, then refresh the model again.");
    }

    private static string? LinkTo(ModelPaths model) =>
        model.DirectoriesToRoot.SkipLast(1).FirstOrDefault(path => Posix.Examine(path) is { IsDirectory: false });

    // Nothing is published there yet: whichever came first would have it. So the name under which the directory lies
    // counts. All are looked at, but only for the first version of a model with a link.
    private static string? OwnerOf(VolumeLayout volume, ModelPaths model) =>
        Posix.TargetIdentity(model.Directory) is { } shared
            ? Directories(volume.Root).SelectMany(Directories)
                .FirstOrDefault(directory => Posix.Identity(directory) == shared) is { } own
                ? model.Relative(own) : null
            : null;

    private static IEnumerable<string> Directories(string parent) => DirectoryEntries.Of(parent)
        .Where(path => SafeName.IsValid(Path.GetFileName(path)) && Posix.Examine(path) is { IsDirectory: true });
}
