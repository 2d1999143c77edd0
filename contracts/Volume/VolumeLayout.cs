using System.Globalization;

namespace Benchmark.Contracts.Volume;

/// <summary>The paths on the volume. Does not access the disk.</summary>
/// <param name="root">The volume's mount point.</param>
public sealed class VolumeLayout(string root)
{
    /// <summary>Name of the dataset that a value stream's models share.</summary>
    public const string SharedData = "shared_data";

    /// <summary>Directory, in each value stream, that holds the shared dataset.</summary>
    public const string Common = "common";

    /// <summary>The volume's mount point, absolute.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>
    /// The product's own files on the volume: installation, emitted slots, pinned registries and reports of runs.
    /// </summary>
    public string Bookkeeping => Path.Combine(Root, ".benchmark");

    /// <summary>The slots that the Scheduler has started.</summary>
    public string EmittedSlots => Path.Combine(Bookkeeping, "slots.json");

    /// <summary>What tells this installation from others; see <see cref="Volume.Installation"/>.</summary>
    public string Installation => Path.Combine(Bookkeeping, "installation");

    /// <summary>The registry a run is pinned to, as resolved models; the name is the SHA-256 of the content.</summary>
    public string PinnedRegistry(string sha256) => Path.Combine(Bookkeeping, "registries", $"{sha256}.json");

    /// <summary>Exists once a person has cancelled the run: what waits or is fetched for it is dropped.</summary>
    public string Cancelled(Guid runId) => Path.Combine(CancelledRuns, $"{runId}");

    /// <summary>The runs that persons have cancelled, an empty file each.</summary>
    public string CancelledRuns => Path.Combine(Bookkeeping, "cancelled");

    /// <summary>
    /// As of when the models of a run are read that wait for the same answer of a source, so that all Fetchers agree.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="question">What stands for the source and the question.</param>
    public string ReadMoment(Guid runId, string question) =>
        Path.Combine(Bookkeeping, "moments", $"{runId}-{question}.json");

    /// <summary>The reports of runs, for whoever asks years later.</summary>
    public string Reports => Path.Combine(Bookkeeping, "reports");

    /// <summary>The report of a run, a page that needs nothing else.</summary>
    public string Report(Guid runId) => Path.Combine(Reports, $"{runId}.html");

    /// <summary>The paths of one model.</summary>
    /// <exception cref="ArgumentException">
    /// A name could lead out of the volume: it does not match <see cref="SafeName.Pattern"/>.
    /// </exception>
    public ModelPaths Model(string valueStream, string model)
    {
        SafeName.Require(valueStream);
        SafeName.Require(model);
        return model == SharedData
            ? new ModelPaths(Root, Path.Combine(valueStream, Common), SharedData)
            : new ModelPaths(Root, Path.Combine(valueStream, model), "benchmark");
    }

    /// <summary>The paths of one model.</summary>
    public ModelPaths Model(ModelKey key) => Model(key.ValueStream, key.Model);

    internal static string VersionName(int version) => version.ToString("D6", CultureInfo.InvariantCulture);
}

/// <summary>The paths of one model's files.</summary>
public sealed class ModelPaths
{
    private readonly string _root;
    private readonly string _name;

    internal ModelPaths(string root, string directory, string name)
    {
        _root = root;
        _name = name;
        Directory = Path.Combine(root, directory);
    }

    /// <summary>The model's directory.</summary>
    public string Directory { get; }

    /// <summary>The directories that lead to the model, its own first and the volume's root last.</summary>
    public IEnumerable<string> DirectoriesToRoot
    {
        get
        {
            for (var directory = Directory; ; directory = Path.GetDirectoryName(directory)!)
            {
                yield return directory;
                if (directory == _root)
                    yield break;
            }
        }
    }

    /// <summary>
    /// Name of the data file, here and in every version: <c>benchmark.csv</c> or <c>shared_data.csv</c>.
    /// </summary>
    public string FileName => $"{_name}.csv";

    /// <summary>What readers open, always one whole version.</summary>
    public string Benchmark => Path.Combine(Directory, FileName);

    /// <summary>The manifest of the served version.</summary>
    public string Manifest => Path.Combine(Directory, $"{_name}.json");

    /// <summary>All versions, immutable.</summary>
    public string Versions => Path.Combine(Directory, ".versions");

    /// <summary>The attempts that are being written or checked.</summary>
    public string StagingArea => Path.Combine(Directory, ".staging");

    /// <summary>The data that failed its checks.</summary>
    public string RejectedArea => Path.Combine(Directory, ".rejected");

    /// <summary>One version: data, profile and manifest.</summary>
    public VersionPaths Version(int version) =>
        new(Path.Combine(Versions, VolumeLayout.VersionName(version)), FileName);

    /// <summary>The files of a version that is being built under a temporary name.</summary>
    public VersionPaths Building(string directory) => new(directory, FileName);

    /// <summary>One attempt at one refresh.</summary>
    public StagedPaths Staging(Guid runId, int attempt) =>
        new(Path.Combine(StagingArea, string.Create(CultureInfo.InvariantCulture, $"{runId}-{attempt}")), FileName);

    /// <summary>The refresh that was rejected in a run: what was staged, with its report.</summary>
    public StagedPaths Rejected(Guid runId) => new(Path.Combine(RejectedArea, runId.ToString()), FileName);

    /// <summary>
    /// <see cref="Volume.Manifest.File"/> of a version in <see cref="Manifest"/>: the version's data, from the model's
    /// directory.
    /// </summary>
    public string ServedFile(int version) => Path.GetRelativePath(Directory, Version(version).Data);

    /// <summary>A path for messages: relative to the volume, with forward slashes.</summary>
    public string Relative(string path) => Path.GetRelativePath(_root, path).Replace('\\', '/');
}

/// <summary>The files of one immutable version.</summary>
public sealed record VersionPaths
{
    internal VersionPaths(string directory, string fileName)
    {
        Directory = directory;
        Data = Path.Combine(directory, fileName);
    }

    /// <summary>The version's directory.</summary>
    public string Directory { get; }

    /// <summary>The data, in the CSV dialect.</summary>
    public string Data { get; }

    /// <summary><see cref="Data.Profiling.Profile"/> as JSON.</summary>
    public string Profile => Path.Combine(Directory, "profile.json");

    /// <summary><see cref="Volume.Manifest"/> as JSON.</summary>
    public string Manifest => Path.Combine(Directory, "manifest.json");

    /// <summary>A file beside the version, made by a person: while it exists, the version is never removed.</summary>
    public string Pin => $"{Directory}.pinned";
}

/// <summary>The files of one attempt, in staging or rejected.</summary>
public sealed record StagedPaths
{
    internal StagedPaths(string directory, string fileName)
    {
        Directory = directory;
        Data = Path.Combine(directory, fileName);
    }

    /// <summary>The attempt's directory.</summary>
    public string Directory { get; }

    /// <summary>The data, in the CSV dialect.</summary>
    public string Data { get; }

    /// <summary><see cref="StagedFacts"/> as JSON; written last, so its presence means the data is complete.</summary>
    public string Facts => Path.Combine(Directory, "staged.json");

    /// <summary><see cref="Data.Profiling.Profile"/> as JSON.</summary>
    public string Profile => Path.Combine(Directory, "profile.json");

    /// <summary><see cref="ValidationReport"/> as JSON.</summary>
    public string Report => Path.Combine(Directory, "checks.json");
}
