using System.Globalization;
using Benchmark.Cli.Stability.Files;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Cli.Versions.Differences;

/// <summary>One of the two that are compared.</summary>
internal sealed record DiffSide
{
    private const string RejectedPrefix = "rejected:";

    /// <summary>In words: <c>version 3</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its data, as CSV in the dialect.</summary>
    public required string Data { get; init; }

    /// <summary>Rows without the header.</summary>
    public required long Rows { get; init; }

    /// <summary>SHA-256 of the data; null for a file that is not the product's own.</summary>
    public string? Sha256 { get; init; }

    /// <summary>When it was published, or fetched; null for a file.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The names of the columns, in file order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Statistics and bins; null for a file, whose depend on what it is compared with.</summary>
    public Profile? Profile { get; init; }

    /// <summary>What the columns of a file look like; empty for all else, which has a profile.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>The side that a person has named.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static DiffSide Of(
        string text, ModelKey name, ModelPaths paths, WorkingCopies copies, CancellationToken ct)
    {
        if (text == "served")
            return ServedVersion.Of(name, paths) is { IsThere: true } served
                ? OfVersion(served.Number, name, paths, "served: ")
                : throw new UsageException(
                    $"The version of {name} that is served is not on the volume any more: somebody removed it, with "
                    + $"its statistics. Its data is there still: give {paths.Benchmark} instead of 'served'.");
        var versions = PublishedVersions.All(paths);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return versions.Contains(version) ? OfVersion(version, name, paths)
                : throw new UsageException(OneModel.NoSuchVersion(name, version, versions));
        if (text.StartsWith(RejectedPrefix, StringComparison.Ordinal))
            return OfRejected(RejectedRun.Find(name, paths, text[RejectedPrefix.Length..]), paths);
        return Posix.Exists(text) ? OfFile(text, copies, ct) : throw new UsageException(
            $"'{text}' is not a version of {name}, and there is no such file. Allowed is a version's number, 'served', "
            + $"'{RejectedPrefix}RUN' or a file.");
    }

    private static DiffSide OfVersion(int version, ModelKey name, ModelPaths paths, string before = "")
    {
        var files = paths.Version(version);
        var manifest = ServedVersion.ManifestOf(version, name, paths);
        return new DiffSide
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{before}version {version}"),
            Data = files.Data,
            Rows = manifest.Rows,
            Sha256 = manifest.Sha256,
            At = manifest.PublishedAt,
            Columns = [.. manifest.Columns.Select(column => column.Name)],
            Profile = ServedVersion.Read<Profile>(files.Profile, version, name),
        };
    }

    private static DiffSide OfRejected(Guid run, ModelPaths paths)
    {
        var files = paths.Rejected(run);
        var facts = VolumeJson.Read<StagedFacts>(files.Facts);
        return new DiffSide
        {
            Name = $"rejected in run {Format.ShortId(run)}",
            Data = files.Data,
            Rows = facts.Rows,
            Sha256 = facts.Sha256,
            At = facts.FetchedAt,
            Columns = [.. facts.Columns.Select(column => column.Name)],
            Profile = VolumeJson.Read<Profile>(files.Profile),
        };
    }

    private static DiffSide OfFile(string path, WorkingCopies copies, CancellationToken ct)
    {
        var file = copies.Import(path, new ReadingOptions(null, null, new()), ct);
        if (file.Values.DecimalComma)
            throw new UsageException(
                $"{path} has decimal commas, which diff does not read. Compare it with benchmark psi, which does.");
        return new DiffSide
        {
            Name = path,
            Data = file.Values.Path,
            Rows = file.Values.Rows,
            Columns = file.Values.Header,
            Types = file.Values.Header.ToDictionary(
                name => name, name => file.Values.Find(name)?.Type(comma: false) ?? ColumnType.String),
        };
    }
}
