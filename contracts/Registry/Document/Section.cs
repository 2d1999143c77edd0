using System.Collections.Concurrent;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmark.Contracts.Registry.Document;

/// <summary>
/// A mapping of the registry with fixed keys: each public property is a key in snake_case; its attributes say what is
/// allowed, what is required and what it means, to the reader, to the JSON Schema and to the documentation alike.
/// </summary>
internal abstract class Section
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<SectionKey>> s_keys = new();

    private readonly Dictionary<string, Place> _given = [];

    /// <summary>Where the section is: the key that it belongs to.</summary>
    internal Place Place { get; set; } = new("built-in defaults");

    /// <summary>Whether the key is written, rightly or wrongly.</summary>
    internal bool Has(string property) => _given.ContainsKey(property);

    /// <summary>Where the key is written, or else the section.</summary>
    internal Place At(string property) => _given.GetValueOrDefault(property, Place);

    /// <summary>Where a name of a mapping by name is written, or else its key, or the section.</summary>
    internal Place At(string property, string name) =>
        _given.GetValueOrDefault($"{property}.{name}") ?? At(property);

    /// <summary>Whether a mapping by name has a name, with a right value or a wrong one.</summary>
    internal bool HasNames(string property) =>
        _given.Keys.Any(key => key.StartsWith($"{property}.", StringComparison.Ordinal));

    internal void Give(string property, Place place) => _given[property] = place;

    internal void Give(string property, string name, Place place) => _given[$"{property}.{name}"] = place;

    /// <summary>Takes a word in place of the mapping, such as <c>drift: off</c>.</summary>
    /// <returns>False when the word is not allowed here.</returns>
    internal virtual bool TryTakeWord(string word) => false;

    internal static IReadOnlyList<SectionKey> Keys(Type section) => s_keys.GetOrAdd(section, type =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => new SectionKey(property))]);

    /// <summary>A section that holds the defaults its attributes give.</summary>
    internal static T Defaults<T>()
        where T : Section, new() => (T)Defaults(typeof(T));

    /// <summary>What the child says, and the parent where the child is silent; sections within, key by key.</summary>
    internal static T Merge<T>(T parent, T? child)
        where T : Section, new() => (T)Merge(typeof(T), parent, child);

    private static Section Defaults(Type type)
    {
        var section = (Section)Activator.CreateInstance(type)!;
        foreach (var key in Keys(type))
        {
            if (typeof(Section).IsAssignableFrom(key.Type))
                key.Property.SetValue(section, Defaults(key.Type));
            else if (key.Default is { } value)
                key.Property.SetValue(section, key.Type == typeof(TimeSpan) ? Durations.Parse((string)value) : value);
        }
        return section;
    }

    private static Section Merge(Type type, Section parent, Section? child)
    {
        var merged = (Section)Activator.CreateInstance(type)!;
        foreach (var key in Keys(type))
        {
            var above = key.Property.GetValue(parent);
            var own = child is null ? null : key.Property.GetValue(child);
            var value = above is Section section ? Merge(key.Type, section, (Section?)own) : own ?? above;
            key.Property.SetValue(merged, value);
        }
        return merged;
    }
}

/// <summary>One key of a section.</summary>
internal sealed class SectionKey(PropertyInfo property)
{
    public PropertyInfo Property => property;

    /// <summary>As it is written: snake_case.</summary>
    public string Name { get; } = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    /// <summary>What it holds, without the question mark of a value type.</summary>
    public Type Type { get; } = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    /// <summary>What it means, for people.</summary>
    public string Description { get; } = property.GetCustomAttribute<DescriptionAttribute>()?.Description
        ?? throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} has no description.");

    public object? Default { get; } = property.GetCustomAttribute<DefaultValueAttribute>()?.Value;

    public bool Required { get; } = property.IsDefined(typeof(RequiredAttribute));

    public RangeAttribute? Limits { get; } = property.GetCustomAttribute<RangeAttribute>();

    /// <summary>Whether its list may be written as its only entry.</summary>
    public bool OneOrMore { get; } = property.IsDefined(typeof(OneOrMoreAttribute));

    /// <summary>What its text, each entry of its list, or each name of its mapping must match.</summary>
    public RegularExpressionAttribute? Pattern { get; } = property.GetCustomAttribute<RegularExpressionAttribute>();

    public AllowedValuesAttribute? AllowedValues { get; } = property.GetCustomAttribute<AllowedValuesAttribute>();

    /// <summary>The words that are allowed, when it is not any.</summary>
    public IReadOnlyList<string>? Words { get; } = WordsOf(property);

    private static IReadOnlyList<string>? WordsOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type.IsEnum
            ? [.. Enum.GetNames(type).Select(name =>
                type.GetField(name)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name)]
            : property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.Select(value => $"{value}").ToList();
    }
}
