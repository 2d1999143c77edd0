using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Benchmark.Contracts.Registry.Document;

/// <summary>Describes what a key may hold, for error messages and the documentation.</summary>
internal static class KeyForm
{
    public static string Of(SectionKey key)
    {
        if (Item(key.Type) is not null)
            return key is { OneOrMore: true, Pattern: { } one } ? $"{one.ErrorMessage}, or a list of them"
                : key.Pattern is { } item ? $"a list, each {item.ErrorMessage}" : "a list";
        if (Value(key.Type) is { } named)
            return named == typeof(double) ? "a mapping of names to numbers"
                : Item(named) is not null ? "a mapping of names to lists"
                : "a mapping by name";
        if (typeof(Section).IsAssignableFrom(key.Type))
            return OfSection(key.Type);
        return OfSingle(key);
    }

    public static string OfSection(Type section) =>
        section == typeof(ColumnDriftSection) ? "a mapping, or off" : "a mapping";

    /// <summary>The form of a single value, or of each value of a list.</summary>
    public static string OfSingle(SectionKey key) => OfSingle(key, key.Type);

    /// <summary>The form of a single value of a type, where the key holds a list or a mapping of such values.</summary>
    public static string OfSingle(SectionKey key, Type type)
    {
        if (key.Words is { } words)
            return words.Count == 1 ? $"{words[0]}" : $"one of {string.Join(", ", words)}";
        if (key.Pattern is { } pattern)
            return pattern.ErrorMessage!;
        return Name(type) + (key.Limits is { } limits ? Between(limits) : "");
    }

    /// <summary>What a list holds; null for anything but a list.</summary>
    public static Type? Item(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0] : null;

    /// <summary>What a mapping by name holds; null for anything else.</summary>
    public static Type? Value(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
            ? type.GetGenericArguments()[1] : null;

    private static string Between(RangeAttribute limits) =>
        Convert.ToDouble(limits.Maximum, CultureInfo.InvariantCulture) >= long.MaxValue
            ? $", at least {limits.Minimum}"
            : $" from {limits.Minimum} to {limits.Maximum}";

    private static string Name(Type type) =>
        type == typeof(int) || type == typeof(long) ? "an integer"
        : type == typeof(double) ? "a number"
        : type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? Durations.Form
        : "text";
}
