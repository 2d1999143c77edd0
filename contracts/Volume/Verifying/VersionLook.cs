using System.Text.Json;
using Benchmark.Data.Profiling;

namespace Benchmark.Contracts.Volume.Verifying;

/// <summary>One look at every file of a model. A file that cannot be read hides no other.</summary>
/// <param name="model">Where they are.</param>
/// <param name="onRead">Told of each block that was read, by its length.</param>
/// <param name="ct">Cancels the reading.</param>
internal sealed class VersionLook(ModelPaths model, Action<int, CancellationToken>? onRead, CancellationToken ct)
{
    private readonly Dictionary<FileIdentity, string> _hashes = [];
    private (int Number, string? ManifestSha256) _before;
    private Manifest? _facts;

    /// <summary>Every file, and what is wrong with it; null when nothing is.</summary>
    public Dictionary<string, string?> Findings { get; } = [];

    /// <summary>Those of them that could not be read.</summary>
    public HashSet<string> Unreadable { get; } = [];

    /// <inheritdoc cref="ModelVerification.Unchained"/>
    public List<int> Unchained { get; } = [];

    /// <summary>How many versions there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public long Bytes { get; private set; }

    /// <summary>Looks at all versions, and at what readers open.</summary>
    /// <param name="wasPublished">Whether an earlier look has seen a version.</param>
    /// <exception cref="IOException">The versions cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void AtEverything(bool wasPublished)
    {
        var served = Served();
        foreach (var number in PublishedVersions.All(model))
            Version(number);
        Newest();
        // Again: a version may have been swapped in just then, and for a moment the files differ.
        foreach (var (path, wrong) in served.Values.Any(wrong => wrong is not null) ? Served() : served)
            Findings[path] = wrong;
        // What is wrong with a version's data is wrong with what readers open, which is another name of it.
        var newest = model.Version(_before.Number).Data;
        if (Findings.GetValueOrDefault(newest) is { } problem && Findings.GetValueOrDefault(model.Benchmark) is null
            && Posix.Identity(model.Benchmark) == Posix.Identity(newest))
            Findings[model.Benchmark] = problem;
        if (Count > 0)
            Findings.TryAdd(model.Versions, null);
        else if (Findings.Count == 0)
            Leftovers(wasPublished);
    }

    private Dictionary<string, string?> Served()
    {
        _facts = null;
        // In this order: the version that benchmark.json names was committed before, so the list has it.
        var problem = ProblemOf(model.Manifest, () =>
        {
            (_facts, var missing) = ServedFile.FactsOf(model);
            return missing;
        });
        var highest = PublishedVersions.Latest(model, _facts);
        if (ServedFile.Removed(_facts, highest) is { } removed)
            return new()
            {
                [model.Versions] = It(ServedFile.ProblemOfRemoved(removed)),
                [model.Benchmark] = ProblemOf(model.Benchmark, () => ProblemOfData(model.Benchmark, _facts!)),
            };
        if (highest is not { } version)
            return problem is null || !Posix.Exists(model.Manifest) ? [] : new() { [model.Manifest] = It(problem) };
        return new()
        {
            [model.Benchmark] = ProblemOf(model.Benchmark, () => It(ServedFile.ProblemOfData(model, version))),
            [model.Manifest] = It(problem) ?? ProblemOf(model.Manifest, () => ProblemOfFacts(_facts!, version)),
        };
    }

    // No version after it names its manifest yet, but benchmark.json does.
    private void Newest()
    {
        if (_before is (var newest, { } sha256) && _facts is { ManifestSha256: { } recorded }
            && _facts.Version == newest && recorded != sha256)
            Findings[model.Version(newest).Manifest] =
                $"Its SHA-256 is {sha256}; {Path.GetFileName(model.Manifest)} has {recorded}.";
    }

    // Without a version there is nothing to compare with, but what is left may tell that there was one.
    private void Leftovers(bool wasPublished)
    {
        if (Posix.Exists(model.Benchmark))
            Findings[model.Benchmark] =
                "There is no version that it could be of: they were removed, or somebody else put it there.";
        else if (wasPublished)
            Findings[model.Versions] = "It has no version any more: they were removed.";
    }

    private void Version(int number)
    {
        ct.ThrowIfCancellationRequested();
        var version = model.Version(number);
        string? sha256 = null;
        Manifest? manifest = null;
        Findings[version.Manifest] = ProblemOf(version.Manifest, () =>
        {
            (var read, sha256) = VolumeJson.ReadWithSha256<Manifest>(version.Manifest);
            if (read.Version != number || read.Sha256 is not { Length: 64 })
                return $"It is not the manifest of version {number}.";
            manifest = read;
            return null;
        });
        if (manifest is not null)
        {
            Findings[version.Data] = ProblemOf(version.Data, () => ProblemOfData(version.Data, manifest));
            Findings[version.Profile] = ProblemOf(version.Profile, () => ProblemOfProfile(version.Profile, manifest));
        }
        if (IsRemoved(version))
            return;
        if (manifest is not null)
            Chain(number, manifest);
        _before = (number, sha256);
        Count++;
    }

    // By retention, meanwhile, which moves it away first: so if it is there still, all that was found is true.
    private bool IsRemoved(VersionPaths version)
    {
        string[] files = [version.Data, version.Profile, version.Manifest];
        if (files.All(file => Findings.GetValueOrDefault(file) is null) || Posix.Exists(version.Directory))
            return false;
        foreach (var file in files)
        {
            Findings.Remove(file);
            Unreadable.Remove(file);
        }
        return true;
    }

    // A manifest is altered when the next one was made after another. Where versions between them are gone, nothing
    // tells.
    private void Chain(int number, Manifest manifest)
    {
        if ((number > 1 && manifest.PreviousManifestSha256 is null) || manifest.ProfileSha256 is null)
            Unchained.Add(number);
        if (manifest.PreviousManifestSha256 is { } previous && _before is (var last, { } sha256)
            && last == number - 1 && sha256 != previous)
            Findings[model.Version(last).Manifest] =
                $"It is not the manifest that version {number} was published after.";
    }

    private string? ProblemOfData(string path, Manifest manifest)
    {
        if (Posix.Identity(path) is not { } file)
            return "It is not there.";
        if (file.Bytes != manifest.Bytes)
            return FormattableString.Invariant(
                $"It has {file.Bytes} bytes; version {manifest.Version} was published with {manifest.Bytes}.");
        // A rollback gives a file another name: once is enough.
        if (!_hashes.TryGetValue(file, out var sha256))
        {
            _hashes[file] = sha256 = PacedHash.Of(path, onRead, ct);
            Bytes += file.Bytes;
        }
        return sha256 == manifest.Sha256 ? null
            : $"Its SHA-256 is {sha256}; version {manifest.Version} was published with {manifest.Sha256}.";
    }

    private static string? ProblemOfProfile(string path, Manifest manifest)
    {
        var (profile, sha256) = VolumeJson.ReadWithSha256<Profile>(path);
        if (manifest.ProfileSha256 is { } published && published != sha256)
            return $"Its SHA-256 is {sha256}; version {manifest.Version} was published with {published}.";
        if (profile.Rows != manifest.Rows)
            return FormattableString.Invariant($"It describes {profile.Rows} rows; the manifest has {manifest.Rows}.");
        return profile.Columns.Select(column => (column.Name, column.Type))
            .SequenceEqual(manifest.Columns.Select(column => (column.Name, column.Type)))
            ? null : "It describes other columns than the manifest.";
    }

    private string? ProblemOfFacts(Manifest facts, int highest)
    {
        if (ServedFile.ProblemOfFacts(facts, highest) is { } problem)
            return It(problem);
        // The version's own manifest is told of with the version.
        if (VolumeJson.TryRead<Manifest>(model.Version(highest).Manifest) is not { } version)
            return null;
        // These move with a refresh that finds the data unchanged.
        var expected = version with
        {
            File = model.ServedFile(highest),
            RefreshedAt = facts.RefreshedAt,
            VolumeTime = facts.VolumeTime,
            RefreshedRunId = facts.RefreshedRunId,
            // Of it, the manifest itself is told.
            ManifestSha256 = facts.ManifestSha256,
        };
        return JsonSerializer.Serialize(facts, VolumeJson.Options)
            == JsonSerializer.Serialize(expected, VolumeJson.Options)
            ? null : $"Its facts are not those of version {highest}, which is the highest.";
    }

    private string? ProblemOf(string path, Func<string?> look)
    {
        try
        {
            Unreadable.Remove(path);
            return look();
        }
        catch (InvalidDataException damaged)
        {
            return damaged.Message;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return "It is not there.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Unreadable.Add(path);
            return $"It cannot be read: {e.Message}";
        }
    }

    private static string? It(string? problem) => problem is null ? null : $"It {problem}";
}
