using Benchmark.Contracts.Registry;

namespace Benchmark.Cli.Init;

/// <summary>The text of a registry that somebody is to review.</summary>
internal static class RegistryDraft
{
    /// <summary>Writes sources and models, with a comment for each guess.</summary>
    public static string Write(IEnumerable<SourceDefinition> sources, IReadOnlyList<ModelDraft> models) =>
        string.Join('\n', Lines([.. sources], models)) + "\n";

    private static IEnumerable<string> Lines(
        IReadOnlyList<SourceDefinition> sources, IReadOnlyList<ModelDraft> models)
    {
        yield return "# A draft: it says what the data looks like today, not what it must be. Review each line, then";
        yield return "# give the file the name of your registry. Every key is explained in docs/registry.md.";
        yield return "version: 1";
        yield return "";
        yield return "defaults:";
        yield return "  schedule: \"@monthly\"   # at midnight UTC on the first; time_zone: Europe/Zurich for another";
        yield return "  # The usual limits of PSI. on_fail: warn publishes what has moved, and says so.";
        yield return "  drift: {bins: 10, warn: 0.1, fail: 0.25, on_fail: reject}";
        yield return "  # notify: {email: [team@bank.example]}   # who gets the report; nobody as yet";
        yield return "";
        if (sources.Any(source => source.Files.Count > 0))
            yield return "# Paths are relative to the working directory of benchmark; absolute ones work in any.";
        yield return "sources:";
        foreach (var source in sources)
            yield return $"  {source.Name}: {{{string.Join(", ", Parts(source))}}}";
        yield return "";
        yield return "value_streams:";
        foreach (var stream in models.GroupBy(model => model.Name.ValueStream))
        {
            yield return $"  {YamlText.Scalar(stream.Key)}:";
            yield return "    models:";
            foreach (var line in stream.SelectMany(model => model.Lines()))
                yield return $"      {line}";
        }
    }

    private static IEnumerable<string> Parts(SourceDefinition source)
    {
        yield return $"kind: {source.Kind}";
        yield return $"connection: {YamlText.Quoted(source.Connection)}";
        if (source.Files.Count > 0)
            yield return $"files: {YamlText.List(source.Files.Select(YamlText.Quoted))}";
        if (source.AllowPassword)
            yield return "allow_password: true";
    }
}
