namespace Benchmark.Contracts.Volume;

/// <summary>The volume is of no installation: it is new, or another directory is mounted in its place.</summary>
public sealed class NoInstallationException(VolumeLayout volume) : IOException(
    $"The volume {volume.Root} has no .benchmark/installation: it is new, or another directory is mounted in its "
    + "place. Mount the right one. If this one is right, start the Notifier, which takes it if its database knows of "
    + "no run, or say so once: benchmark volume accept.");
