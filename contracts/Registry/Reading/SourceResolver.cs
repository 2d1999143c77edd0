using Benchmark.Contracts.Registry.Document;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Resolves the sources. Their secrets stay in the environment of who opens them.</summary>
internal sealed class SourceResolver(Problems problems)
{
    /// <summary>The source that exists when none is listed, and the default when there are several.</summary>
    public const string BuiltIn = "snowflake";

    private const string BuiltInConnection = "SNOWFLAKE_CONN";

    public static IReadOnlyDictionary<string, SourceSection> Given(RegistryDocument document) =>
        document.Sources is { Count: > 0 } given
            ? given
            : new Dictionary<string, SourceSection>
            {
                [BuiltIn] = new()
                {
                    Place = new Place(BuiltInConnection),
                    Kind = "snowflake",
                    Connection = $"${{{BuiltInConnection}}}",
                    // The password that such installations use works; the Fetcher warns about it.
                    AllowPassword = true,
                },
            };

    /// <param name="sources">The sources by name.</param>
    /// <param name="models">Who reads from them.</param>
    /// <param name="toOpen">Where the variables of connections are looked up; null for who opens no source.</param>
    public IReadOnlyList<SourceDefinition> Resolve(
        IReadOnlyDictionary<string, SourceSection> sources, IReadOnlyList<ModelDefinition> models,
        IReadOnlyDictionary<string, string?>? toOpen)
    {
        var resolved = sources.Select(source => Resolve(source.Key, source.Value)).ToList();
        foreach (var source in toOpen is null ? [] : resolved)
        {
            // A source that no model uses may lack its secret, such as a demo source in production.
            if (models.FirstOrDefault(model => model.Source == source.Name) is { } user)
                RequireVariables(source, sources[source.Name], user, toOpen!);
        }
        return resolved;
    }

    private SourceDefinition Resolve(string name, SourceSection written)
    {
        var section = Section.Merge(Section.Defaults<SourceSection>(), written);
        if (section.Files is { Count: > 0 } && section.Kind is not (null or "duckdb"))
            problems.Add(written.At(nameof(written.Files)),
                $"the source '{name}' is of kind {section.Kind}, which reads no files beside its database.",
                "Remove 'files': it is for duckdb.");
        return new SourceDefinition
        {
            Name = name,
            Kind = section.Kind ?? "",
            Connection = section.Connection ?? "",
            MaxConcurrentFetches = section.MaxConcurrentFetches!.Value,
            AllowPassword = section.AllowPassword!.Value,
            Files = [.. (section.Files ?? []).Select(file => file.Text)],
            Implicit = written.Place.ToString() == BuiltInConnection,
        };
    }

    private void RequireVariables(
        SourceDefinition source, SourceSection written, ModelDefinition user,
        IReadOnlyDictionary<string, string?> environment)
    {
        source.Expand(environment, out var missing);
        foreach (var variable in missing)
            problems.Add(written.At(nameof(written.Connection)),
                $"environment variable {variable} is not set; the connection of source '{source.Name}' needs it, "
                + $"and {user.Name} reads from it.",
                $"Set {variable}, or give the model another source.");
    }
}
