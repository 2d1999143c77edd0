using System.Text.RegularExpressions;
using Benchmark.Contracts.Registry.Document;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Resolves the sources, with secrets from the environment.</summary>
internal sealed partial class SourceResolver(IReadOnlyDictionary<string, string?> environment, Problems problems)
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

    public IReadOnlyList<SourceDefinition> Resolve(
        IReadOnlyDictionary<string, SourceSection> sources, IReadOnlyList<ModelDefinition> models) =>
        [.. sources.Select(
            source => Resolve(source.Key, source.Value, models.FirstOrDefault(m => m.Source == source.Key)))];

    private SourceDefinition Resolve(string name, SourceSection written, ModelDefinition? user)
    {
        var section = Section.Merge(Section.Defaults<SourceSection>(), written);
        return new SourceDefinition
        {
            Name = name,
            Kind = section.Kind ?? "",
            Connection = Placeholder().Replace(section.Connection ?? "", match => Value(name, match, written, user)),
            MaxConcurrentFetches = section.MaxConcurrentFetches!.Value,
            AllowPassword = section.AllowPassword!.Value,
            Implicit = written.Place.ToString() == BuiltInConnection,
        };
    }

    // A source that no model uses may lack its secret, such as a demo source in production.
    private string Value(string source, Match placeholder, SourceSection written, ModelDefinition? user)
    {
        var variable = placeholder.Groups["name"].Value;
        if (environment.GetValueOrDefault(variable) is { Length: > 0 } value)
            return value;
        if (user is not null)
            problems.Add(written.At(nameof(written.Connection)),
                $"environment variable {variable} is not set; the connection of source '{source}' needs it, "
                + $"and {user.Name} reads from it.",
                $"Set {variable}, or give the model another source.");
        return placeholder.Value;
    }

    [GeneratedRegex(@"\$\{(?<name>[^}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
