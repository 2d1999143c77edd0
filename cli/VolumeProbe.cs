using Benchmark.Cli.Runs;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli;

/// <summary>
/// Checks that the volume supports what publishing needs, on a scratch file: create, link, rename, flush.
/// </summary>
internal static class VolumeProbe
{
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;

    /// <summary>What to do about a volume on which nothing can be published.</summary>
    public const string Hint =
        "Mount it writable, free some space, make the directory, or name another with --root (BENCHMARK_ROOT).";

    /// <summary>Why nothing can be published on the volume; null when it can.</summary>
    public static string? Problem(VolumeLayout volume)
    {
        var scratch = Path.Combine(volume.Bookkeeping, $"probe-{Guid.NewGuid():N}");
        try
        {
            if (!Posix.IsDirectory(volume.Root))
                return $"There is no directory {volume.Root}, where the volume should be.";
            Directory.CreateDirectory(scratch);
            var (file, link) = (Path.Combine(scratch, "a"), Path.Combine(scratch, "b"));
            // Flushed, because NFS reports a full disk nowhere else.
            WholeFile.Write(file, stream => stream.Write("probe"u8));
            Posix.TryLink(file, link);
            Posix.Rename(file, link + ".renamed");
            Posix.FlushDirectory(scratch);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"Nothing can be published on the volume {volume.Root}: {e.Message}{AboutUser(e, volume)}";
        }
        finally
        {
#pragma warning disable RS0030 // Where it cannot even be looked for, the problem is told already.
            if (Directory.Exists(scratch))
#pragma warning restore RS0030
                Directory.Delete(scratch, recursive: true);
        }
    }

    // OpenShift gives each project a uid of its own, and on EFS an access point without a posix user keeps that of
    // whoever wrote first.
    private static string AboutUser(Exception e, VolumeLayout volume)
    {
        if (e is not UnauthorizedAccessException && e.HResult is not (NotPermitted or AccessDenied))
            return "";
#pragma warning disable RS0030 // Only to name the nearest directory whose owner this process may learn.
        var existing = new[] { volume.Bookkeeping, volume.Root }.FirstOrDefault(Directory.Exists) ?? volume.Root;
#pragma warning restore RS0030
        var owner = PosixOwner.Of(existing) is { } known ? $" {existing} belongs to {known}." : "";
        return $" This process runs as {PosixOwner.ProcessUser}:{PosixOwner.ProcessGroup} (uid:gid).{owner} Let that "
            + "user write there; on EFS give the access point a posix user and a root directory that it owns: then "
            + "each client writes as that user.";
    }

    /// <summary>Whether nobody has named the volume, and a first refresh is to make its directory.</summary>
    public static bool IsYetToBeMade(Invocation invocation) =>
        invocation.Configuration["Volume:Root"] is null && !Posix.Exists(invocation.Volume.Root);

    /// <summary>
    /// Sees that runs of this process can publish: that the volume is there, can be written and is that of the
    /// database. Beside a registry its directory is made, where nobody has named another: a first refresh needs no
    /// more.
    /// </summary>
    /// <exception cref="RegistryException">The registry is invalid.</exception>
    /// <exception cref="InfrastructureException">Volume or database cannot be used together, or not at all.</exception>
    public static async Task PrepareAsync(Invocation invocation, CancellationToken ct)
    {
        var isYetToBeMade = IsYetToBeMade(invocation);
        // Without a registry there is nothing to refresh, and that is what to say.
        if (isYetToBeMade)
            RegistryFile.Read(invocation);
        else
            Require(invocation.Volume);
        await StateProbe.RequireAsync(invocation, ct);
        await TakeAsync(invocation, ct);
        if (!isYetToBeMade)
            return;
        invocation.Terminal.Note(
            $"Made {invocation.Volume.Root} for the volume; --root (BENCHMARK_ROOT) names another.");
        Require(invocation.Volume);
    }

    /// <summary>Throws when there is no directory for the volume, which nothing here makes.</summary>
    /// <exception cref="InfrastructureException">There is none.</exception>
    public static void RequireRoot(VolumeLayout volume)
    {
        if (!Posix.IsDirectory(volume.Root))
            throw new InfrastructureException(
                $"There is no directory {volume.Root}, where the volume should be. {Hint}");
    }

    /// <summary>
    /// Marks a new volume as this installation's; throws when it cannot be the one that the runs of the database
    /// published to.
    /// </summary>
    /// <exception cref="InfrastructureException">It cannot be that, or cannot be written.</exception>
    private static async Task TakeAsync(Invocation invocation, CancellationToken ct)
    {
        using var volume = new VolumeOfRuns(RunHistory.Open(invocation), invocation.Volume);
        try
        {
            await volume.TakeAsync(ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InfrastructureException(e.Message, e);
        }
    }

    /// <summary>Throws when the volume is that of no installation.</summary>
    /// <exception cref="InfrastructureException">It is new, or another directory is in its place.</exception>
    public static void RequireInstallation(VolumeLayout volume)
    {
        try
        {
            Installation.IdOf(volume);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InfrastructureException(e.Message, e);
        }
    }

    /// <summary>Throws when nothing can be published on the volume.</summary>
    /// <exception cref="InfrastructureException">Nothing can be published on the volume.</exception>
    public static void Require(VolumeLayout volume)
    {
        if (Problem(volume) is { } problem)
            throw new InfrastructureException($"{problem} {Hint}");
    }
}
