using static System.StringComparison;

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
    /// <summary>Verifies a model. A file that cannot be read is among what it finds.</summary>
    /// <param name="name">The model.</param>
    /// <param name="before">What an earlier look has found; null when there was none.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="IOException">The versions cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public ModelVerification Verify(ModelKey name, ModelVerification? before, CancellationToken ct)
    {
        var model = volume.Model(name);
        var look = new VersionLook(model, onRead, ct);
        var versions = model.Relative(model.Versions);
        look.AtEverything(wasPublished: before?.Files.Any(file => file.File.StartsWith(versions, Ordinal)) is true);
        var now = time.GetUtcNow();
        var files = (before?.Files ?? []).ToDictionary(file => file.File);
        return new ModelVerification
        {
            ValueStream = name.ValueStream,
            Model = name.Model,
            VerifiedAt = now,
            Versions = look.Count,
            Bytes = look.Bytes,
            Unchained = look.Unchained,
            Files = [.. look.Findings.Select(found =>
                File(model.Relative(found.Key), found.Value, files.GetValueOrDefault(model.Relative(found.Key)), now)
                    with { IsUnreadable = look.Unreadable.Contains(found.Key) })],
        };
    }

    private static VerifiedFile File(string path, string? problem, VerifiedFile? before, DateTimeOffset now) => new()
    {
        File = path,
        Problem = problem,
        LastRightAt = problem is null ? now : before?.LastRightAt,
        WrongSince = problem is null ? null : before?.WrongSince ?? now,
    };
}
