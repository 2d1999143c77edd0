namespace Benchmark.Contracts.Volume;

/// <summary>What readers see of a model, compared with its highest version, which they should see.</summary>
public static class ServedFile
{
    /// <summary>
    /// Why readers do not see the highest version with its facts, in a sentence; null when they do, and when nothing
    /// was published. Reads no data: two names of one file are told by their identity.
    /// </summary>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static string? Problem(ModelPaths model)
    {
        // In this order: the version that benchmark.json names was committed before, so the list has it.
        var (facts, problem) = FactsOf(model);
        var highest = PublishedVersions.Latest(model, facts);
        if (Removed(facts, highest) is { } removed)
            return $"{Path.GetFileName(model.Versions)} {ProblemOfRemoved(removed)}";
        if (highest is not { } version)
            return null;
        if (Posix.Identity(model.Version(version).Data) is null)
            return $"Version {version} has no {model.FileName}.";
        if (ProblemOfData(model, version) is { } wrong)
            return $"{model.FileName} {wrong}";
        return (problem ?? ProblemOfFacts(facts!, version)) is { } other
            ? $"{Path.GetFileName(model.Manifest)} {other}" : null;
    }

    /// <summary>The version that readers were told of and that is gone; null when it is there.</summary>
    /// <param name="facts">What they were told; null for nothing.</param>
    /// <param name="highest">The highest version that is there; null for none.</param>
    public static int? Removed(Manifest? facts, int? highest) =>
        facts?.Version > (highest ?? 0) ? facts.Version : null;

    /// <summary><c>benchmark.json</c>, or else what is wrong with it, after its name.</summary>
    internal static (Manifest? Facts, string? Problem) FactsOf(ModelPaths model)
    {
        try
        {
            return VolumeJson.ReadIfThere<Manifest>(model.Manifest) is { } facts
                ? (facts, null) : (null, "is not there.");
        }
        catch (InvalidDataException damaged)
        {
            return (null, $"is damaged: {damaged.Message}");
        }
    }

    /// <summary>What is wrong with the version that <see cref="Removed"/> has found, after its name.</summary>
    internal static string ProblemOfRemoved(int version) =>
        $"has no version {version}, which was published last: somebody removed it.";

    /// <summary>What is wrong with the file that readers open, after its name; null when nothing is.</summary>
    internal static string? ProblemOfData(ModelPaths model, int highest)
    {
        if (Posix.Identity(model.Benchmark) is not { } served)
            return $"is not there: readers find no file, although version {highest} is published.";
        return served == Posix.Identity(model.Version(highest).Data)
            ? null : $"is not the file of version {highest}, which is the highest.";
    }

    /// <summary>What is wrong with its facts, after their name; null when they are of this version.</summary>
    internal static string? ProblemOfFacts(Manifest facts, int highest) => facts.Version == highest
        ? null : $"has the facts of version {facts.Version}, but version {highest} is the highest.";
}
