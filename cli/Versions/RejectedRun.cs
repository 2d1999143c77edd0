using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Versions;

/// <summary>The rejected data of a model that a person names by its run.</summary>
internal static class RejectedRun
{
    /// <summary>The runs whose rejected data is kept.</summary>
    public static IReadOnlyList<Guid> All(ModelPaths paths) =>
        [.. DirectoryEntries.Of(paths.RejectedArea)
            .Select(directory => Guid.TryParse(Path.GetFileName(directory), out var run) ? run : Guid.Empty)
            .Where(run => run != Guid.Empty).Order()];

    /// <summary>The run whose id is, or begins with, the text.</summary>
    /// <exception cref="UsageException">There is none, or there are several.</exception>
    public static Guid Find(ModelKey name, ModelPaths paths, string text)
    {
        var all = All(paths);
        var found = all
            .Where(run => run.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase)).ToList();
        return found switch
        {
            [var only] => only,
            [] => throw new UsageException(
                $"No rejected data of {name} is kept of a run '{text}'. "
                + (all.Count == 0 ? "None is kept at all." : $"There is that of {string.Join(", ", all)}.")
                + $" See: benchmark history {name}"),
            _ => throw new UsageException(
                $"Several runs begin with '{text}': {string.Join(", ", found)}. Enter more of the id."),
        };
    }
}
