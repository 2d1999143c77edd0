namespace Benchmark.Contracts.Volume.Verifying;

/// <summary>The last <see cref="ModelVerification"/> of each model, on the volume.</summary>
public static class VerificationRecord
{
    /// <summary>Reads it; null when the model was never verified, or the record is damaged.</summary>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static ModelVerification? Read(VolumeLayout volume, ModelKey name) =>
        VolumeJson.TryRead<ModelVerification>(PathOf(volume, name));

    /// <summary>Writes it.</summary>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Write(VolumeLayout volume, ModelVerification verification)
    {
        var path = PathOf(volume, verification.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        VolumeJson.Write(path, verification);
    }

    private static string PathOf(VolumeLayout volume, ModelKey name) =>
        Path.Combine(volume.Bookkeeping, "verified", name.ValueStream, $"{name.Model}.json");
}
