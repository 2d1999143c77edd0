namespace Benchmark.Contracts.Volume;

/// <summary>What readers see of a model, compared with its highest version, which they should see.</summary>
public static class ServedFile
{
    /// <summary>
    /// Why readers do not see the highest version with its facts, in a sentence; null when they do, and when there is
    /// no version. Reads no data: two names of one file are told by their identity.
    /// </summary>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static string? Problem(ModelPaths model)
    {
        if (PublishedVersions.Latest(model) is not { } highest)
            return null;
        var data = model.Version(highest).Data;
        if (Posix.Identity(data) is not { } wanted)
            return $"Version {highest} has no {model.FileName}.";
        if (Posix.Identity(model.Benchmark) is not { } served)
            return $"{model.FileName} is not there: readers find no file, although version {highest} is published.";
        if (served != wanted)
            return $"{model.FileName} is not the file of version {highest}, which is the highest.";
        return ProblemOfFacts(model, highest);
    }

    private static string? ProblemOfFacts(ModelPaths model, int highest)
    {
        var name = Path.GetFileName(model.Manifest);
        if (!Posix.Exists(model.Manifest))
            return $"{name} is not there, although version {highest} is published.";
        try
        {
            var facts = VolumeJson.Read<Manifest>(model.Manifest);
            return facts.Version == highest
                ? null : $"{name} has the facts of version {facts.Version}, but version {highest} is served.";
        }
        catch (InvalidDataException damaged)
        {
            return damaged.Message;
        }
    }
}
