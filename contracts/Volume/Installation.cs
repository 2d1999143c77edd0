namespace Benchmark.Contracts.Volume;

/// <summary>
/// The id of an installation, kept on its volume. The ids of runs and mails are made of it, because two installations
/// may share a database or a mail server, and the same slot of the same schedule is not the same run in both.
/// </summary>
public static class Installation
{
    /// <summary>Reads the id.</summary>
    /// <exception cref="NoInstallationException">The volume has none; the message says what to do.</exception>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="InvalidDataException">The file holds no id; the message says what to do.</exception>
    public static Guid IdOf(VolumeLayout volume)
    {
        if (!Posix.Exists(volume.Installation))
            throw new NoInstallationException(volume);
        return Guid.TryParse(File.ReadAllText(volume.Installation), out var id)
            ? id
            : throw new InvalidDataException(
                $"{volume.Installation} holds no id. Restore it from a backup, or remove it and give the volume "
                + "another with: benchmark volume accept. Slots that were started but not recorded then become "
                + "other runs.");
    }

    /// <summary>
    /// Why nothing may be done for others on the volume; null when it is that of an installation, whatever else ails
    /// it. One look, and cheap.
    /// </summary>
    /// <exception cref="IOException">The volume does not answer.</exception>
    public static string? Problem(VolumeLayout volume) =>
        Posix.Exists(volume.Installation) ? null : new NoInstallationException(volume).Message;

    /// <summary>
    /// Reads the id; the first call on a volume, of any process, makes it. Only for who knows that the volume is the
    /// right one: an empty directory in place of the volume is published to from version 1 on.
    /// </summary>
    /// <exception cref="IOException">The volume cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="InvalidDataException">The file holds no id; the message says what to do.</exception>
    public static Guid Make(VolumeLayout volume)
    {
        if (!Posix.Exists(volume.Installation))
            Create(volume);
        return IdOf(volume);
    }

    // Linked and not renamed into place: of two processes, the second must take the id of the first.
    private static void Create(VolumeLayout volume)
    {
        Directory.CreateDirectory(volume.Bookkeeping);
        var made = WholeFile.TemporaryFor(volume.Installation);
        try
        {
            WholeFile.Write(made, stream => stream.Write(System.Text.Encoding.ASCII.GetBytes($"{Guid.NewGuid()}\n")));
            Posix.TryLink(made, volume.Installation);
            Posix.FlushDirectory(volume.Bookkeeping);
        }
        finally
        {
            Posix.TryUnlink(made);
        }
    }
}
