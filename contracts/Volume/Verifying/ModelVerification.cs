using System.Text.Json.Serialization;

namespace Benchmark.Contracts.Volume.Verifying;

/// <summary>
/// What a look at every byte of a model's versions has found; kept in <c>.benchmark/verified</c>.
/// </summary>
public sealed record ModelVerification
{
    /// <summary>The value stream.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>When the look ended, UTC.</summary>
    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>How many versions there were.</summary>
    public required int Versions { get; init; }

    /// <summary>How many bytes were read.</summary>
    public required long Bytes { get; init; }

    /// <summary>
    /// Versions whose manifest does not name the one before by its hash, or has no hash of its profile: they are from
    /// before that was recorded.
    /// </summary>
    public IReadOnlyList<int> Unchained { get; init; } = [];

    /// <summary>Every file that was looked at.</summary>
    public required IReadOnlyList<VerifiedFile> Files { get; init; }

    /// <summary>The files that are not what was published, or of which nobody can tell.</summary>
    [JsonIgnore]
    public IReadOnlyList<VerifiedFile> Altered => [.. Files.Where(file => file.Problem is not null)];

    /// <summary>The model's name.</summary>
    [JsonIgnore]
    public ModelKey Name => new() { ValueStream = ValueStream, Model = Model };
}

/// <summary>One file, and whether it is what was published.</summary>
public sealed record VerifiedFile
{
    /// <summary>Its path relative to the volume.</summary>
    public required string File { get; init; }

    /// <summary>What is wrong with it, as a sentence; none when it is right.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it could not be read, so that nobody can tell whether it is right.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>When it was last seen to be right, UTC; none when it never was.</summary>
    public DateTimeOffset? LastRightAt { get; init; }

    /// <summary>When it was first seen to be wrong, UTC; none while it is right.</summary>
    public DateTimeOffset? WrongSince { get; init; }

    /// <summary>What is wrong, and since when, in a sentence; empty when it is right.</summary>
    [JsonIgnore]
    public string InWords => Problem is null ? "" : $"{File}: {Problem} {Since}";

    private string Since => (LastRightAt, WrongSince) switch
    {
        ({ } right, _) => $"It was last seen to be right on {Moment(right)}.",
        (_, { } wrong) => $"It was so already when it was first looked at, on {Moment(wrong)}.",
        _ => "It was never seen to be right.",
    };

    private static string Moment(DateTimeOffset at) =>
        FormattableString.Invariant($"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
