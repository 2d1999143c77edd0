namespace Benchmark.Contracts.Volume;

/// <summary>
/// <see cref="VersionPaths.Pin"/> as <c>benchmark pin</c> makes it: who keeps the version, and why. A file that a
/// person made by hand keeps it as well, whatever is in it.
/// </summary>
public sealed record VersionPin
{
    /// <summary>Who; none when the file was made by hand.</summary>
    public string? By { get; init; }

    /// <summary>Why, in their words.</summary>
    public string? Reason { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Reads it; null when the version is not pinned.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static VersionPin? Of(VersionPaths version)
    {
        if (!Posix.Exists(version.Pin))
            return null;
        try
        {
            return VolumeJson.Read<VersionPin>(version.Pin);
        }
        catch (InvalidDataException)
        {
            // Made by hand.
            return new VersionPin();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
