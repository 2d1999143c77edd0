namespace Benchmark.Contracts.Volume;

/// <summary>The manifest of a committed version.</summary>
public static class VersionManifest
{
    /// <summary>Reads it, and the SHA-256 of its bytes.</summary>
    /// <exception cref="InvalidDataException">It is damaged or another version's; the message says how.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (Manifest Manifest, string Sha256) Read(ModelPaths model, int version)
    {
        var path = model.Version(version).Manifest;
        var read = VolumeJson.ReadWithSha256<Manifest>(path);
        return Problem(read.Document, version) is { } problem
            ? throw new InvalidDataException($"{path} {problem}.") : read;
    }

    private static string? Problem(Manifest manifest, int version) => manifest switch
    {
        _ when manifest.Version != version =>
            FormattableString.Invariant($"is the manifest of version {manifest.Version}"),
        { Rows: < 0 } or { Bytes: < 0 } => "has a negative number of rows or bytes",
        _ when manifest.Columns.Any(column => column.Nulls < 0) => "has a negative number of nulls",
        _ => null,
    };
}
