using System.Text.Json;
using Benchmark.Data.Profiling;

namespace Benchmark.Contracts.Volume.Verifying;

/// <summary>
/// Looks at every byte of a model's versions: data, profile and manifest against each other and against the chain of
/// manifests, and what is served against its version. It reads as slowly as it is told, and changes nothing.
/// </summary>
/// <param name="volume">The volume.</param>
/// <param name="time">The clock.</param>
/// <param name="onRead">Told of each block that was read, by its length: it may wait.</param>
public sealed class VersionVerification(VolumeLayout volume, TimeProvider time, Action<int, CancellationToken>? onRead)
{
    /// <summary>Verifies a model.</summary>
    /// <param name="name">The model.</param>
    /// <param name="before">What an earlier look has found; null when there was none.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public ModelVerification Verify(ModelKey name, ModelVerification? before, CancellationToken ct)
    {
        var model = volume.Model(name);
        var look = new Look(model, onRead, ct);
        // Twice: a version may be swapped in right now, and then both differ for a moment.
        var servedWrong = look.ServedProblems();
        look.Versions();
        if (servedWrong.Count > 0)
            servedWrong = look.ServedProblems();
        look.Served(servedWrong);
        var now = time.GetUtcNow();
        var rightBefore = (before?.Files ?? []).ToDictionary(file => file.File, file => file.LastRightAt);
        return new ModelVerification
        {
            ValueStream = name.ValueStream,
            Model = name.Model,
            VerifiedAt = now,
            Versions = look.Count,
            Bytes = look.Bytes,
            Unchained = look.Unchained,
            Files = [.. look.Findings.Select(found => new VerifiedFile
            {
                File = model.Relative(found.Key),
                Problem = found.Value,
                LastRightAt = found.Value is null
                    ? now : rightBefore.GetValueOrDefault(model.Relative(found.Key)),
            })],
        };
    }

    private sealed class Look(ModelPaths model, Action<int, CancellationToken>? onRead, CancellationToken ct)
    {
        private readonly Dictionary<FileIdentity, string> _hashes = [];
        private string? _manifestBefore;
        private int _numberBefore;
        private (int Number, Manifest Manifest)? _highest;

        /// <summary>Every file, and what is wrong with it; null when nothing is.</summary>
        public Dictionary<string, string?> Findings { get; } = [];

        public List<int> Unchained { get; } = [];

        public int Count { get; private set; }

        public long Bytes { get; private set; }

        public void Versions()
        {
            foreach (var number in PublishedVersions.All(model))
            {
                ct.ThrowIfCancellationRequested();
                var version = model.Version(number);
                try
                {
                    Version(number, version);
                    Count++;
                }
                catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException
                    && !Posix.Exists(version.Directory))
                {
                    // Retention has removed it meanwhile.
                    Forget(version);
                }
            }
        }

        /// <summary>What is wrong with what readers open, by file.</summary>
        public IReadOnlyDictionary<string, string> ServedProblems()
        {
            var problems = new Dictionary<string, string>();
            if (PublishedVersions.Latest(model) is not { } highest)
                return problems;
            var wanted = Posix.Identity(model.Version(highest).Data);
            if (Posix.Identity(model.Benchmark) != wanted)
                problems[model.Benchmark] = $"It is not the file of version {highest}, which is the highest.";
            if (ProblemOfFacts(highest) is { } problem)
                problems[model.Manifest] = problem;
            return problems;
        }

        public void Served(IReadOnlyDictionary<string, string> problems)
        {
            if (Count == 0)
                return;
            // What is wrong with the version's data is wrong with this name of it, too.
            Findings[model.Benchmark] = problems.GetValueOrDefault(model.Benchmark)
                ?? (_highest is { } highest ? Findings.GetValueOrDefault(model.Version(highest.Number).Data) : null);
            Findings[model.Manifest] = problems.GetValueOrDefault(model.Manifest);
        }

        private void Version(int number, VersionPaths version)
        {
            var (manifest, sha256) = ReadManifest(number, version);
            _highest = manifest is null ? null : (number, manifest);
            if (manifest is not null)
            {
                Chain(number, manifest);
                Findings[version.Data] = ProblemOfData(version.Data, manifest);
                Findings[version.Profile] = ProblemOfProfile(version.Profile, manifest);
            }
            (_numberBefore, _manifestBefore) = (number, sha256);
        }

        private (Manifest? Manifest, string? Sha256) ReadManifest(int number, VersionPaths version)
        {
            try
            {
                var (manifest, sha256) = VolumeJson.ReadWithSha256<Manifest>(version.Manifest);
                Findings[version.Manifest] = manifest.Version == number && manifest.Sha256 is { Length: 64 }
                    && manifest.Columns is not null
                    ? null : $"It is not the manifest of version {number}.";
                return (Findings[version.Manifest] is null ? manifest : null, sha256);
            }
            catch (Exception e) when (e is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
            {
                if (!Posix.Exists(version.Directory))
                    throw;
                Findings[version.Manifest] = e is InvalidDataException ? e.Message : "It is not there.";
                return (null, null);
            }
        }

        // A manifest is altered when the next one was made after another. Where versions between them are gone, nothing
        // tells.
        private void Chain(int number, Manifest manifest)
        {
            if ((number > 1 && manifest.PreviousManifestSha256 is null) || manifest.ProfileSha256 is null)
                Unchained.Add(number);
            if (manifest.PreviousManifestSha256 is { } previous && _numberBefore == number - 1
                && _manifestBefore is { } before && before != previous)
                Findings[model.Version(_numberBefore).Manifest] =
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
            try
            {
                var (profile, sha256) = VolumeJson.ReadWithSha256<Profile>(path);
                if (manifest.ProfileSha256 is { } published && published != sha256)
                    return $"Its SHA-256 is {sha256}; version {manifest.Version} was published with {published}.";
                if (profile.Rows != manifest.Rows)
                    return FormattableString.Invariant(
                        $"It describes {profile.Rows} rows; the manifest has {manifest.Rows}.");
                return profile.Columns.Select(column => (column.Name, column.Type))
                    .SequenceEqual(manifest.Columns.Select(column => (column.Name, column.Type)))
                    ? null : "It describes other columns than the manifest.";
            }
            catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
            {
                return e is InvalidDataException ? e.Message : "It is not there.";
            }
        }

        private string? ProblemOfFacts(int highest)
        {
            try
            {
                var facts = VolumeJson.Read<Manifest>(model.Manifest);
                var version = VolumeJson.Read<Manifest>(model.Version(highest).Manifest);
                // These move with a refresh that finds the data unchanged.
                var expected = version with
                {
                    File = model.ServedFile(highest),
                    RefreshedAt = facts.RefreshedAt,
                    VolumeTime = facts.VolumeTime,
                    RefreshedRunId = facts.RefreshedRunId,
                };
                return JsonSerializer.Serialize(facts, VolumeJson.Options)
                    == JsonSerializer.Serialize(expected, VolumeJson.Options)
                    ? null : $"Its facts are not those of version {highest}, which is the highest.";
            }
            catch (Exception e) when (e is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
            {
                // The version's own manifest is told of with the version.
                return e is InvalidDataException ? e.Message
                    : Posix.Exists(model.Manifest) ? null : "It is not there.";
            }
        }

        private void Forget(VersionPaths version)
        {
            foreach (var file in new[] { version.Data, version.Profile, version.Manifest })
                Findings.Remove(file);
        }
    }
}
