using Benchmark.Contracts.Volume;

namespace Benchmark.Tests.Support;

/// <summary>A real volume in a directory of its own, gone with the test.</summary>
public sealed class TempVolume : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-test-");

    public VolumeLayout Layout => field ??= new VolumeLayout(_directory.FullName);

    public string Root => Layout.Root;

    public void Dispose() => _directory.Delete(recursive: true);
}
