using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Benchmark.Contracts.Registry.Document;

/// <summary>
/// Binds YAML to typed sections; every key or value that does not fit becomes a problem with its remedy.
/// </summary>
internal sealed class Binder(Problems problems)
{
    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    /// <returns>The section with every value that could be read.</returns>
    public T Bind<T>(YamlNode node)
        where T : Section, new()
    {
        var section = new T { Place = node.Place };
        Fill(section, node, "the registry", "a mapping");
        return section;
    }

    private void Fill(Section section, YamlNode node, string name, string form)
    {
        if (node is YamlScalar word && (word.IsNull || section.TryTakeWord(word.Text)))
            node = new YamlMap(node.Place, []);
        if (node is not YamlMap map)
        {
            problems.Add(node.Place, $"{name} must be {form}, not {node.Kind}.");
            return;
        }

        var keys = Section.Keys(section.GetType());
        // Keys that begin with x- are the reader's own, such as an anchor that the rest of the file refers to.
        foreach (var entry in map.Entries.Where(entry => !entry.Key.Text.StartsWith("x-", StringComparison.Ordinal)))
        {
            if (keys.FirstOrDefault(k => k.Name == entry.Key.Text) is { } key)
                Set(section, key, entry);
            else
                problems.Add(entry.Key.Place, $"unknown key {Problems.Quote(entry.Key.Text)}.",
                    Problems.Suggest(entry.Key.Text, [.. keys.Select(k => k.Name)]));
        }
        foreach (var key in keys.Where(k => k.Required && !section.Has(k.Property.Name)))
            problems.Add(section.Place, $"{name} has no '{key.Name}'.", $"It must be {KeyForm.Of(key)}.");
    }

    private void Set(Section section, SectionKey key, YamlEntry entry)
    {
        section.Give(key.Property.Name, entry.Key.Place);
        key.Property.SetValue(section, Read(section, key, key.Type, entry.Key, entry.Value));
    }

    private object? Read(Section owner, SectionKey key, Type type, YamlScalar name, YamlNode node)
    {
        if (typeof(Section).IsAssignableFrom(type))
        {
            var section = (Section)Activator.CreateInstance(type)!;
            section.Place = name.Place;
            Fill(section, node, Problems.Quote(name.Text), KeyForm.OfSection(type));
            return section;
        }
        if (KeyForm.Value(type) is { } value)
            return ReadByName(owner, key, value, node);
        if (KeyForm.Item(type) is { } item)
            return ReadList(key, item, name, node);
        return ReadSingle(key, type, name, node);
    }

    private IDictionary? ReadByName(Section owner, SectionKey key, Type type, YamlNode node)
    {
        if (node is not YamlMap map)
        {
            if (node is not YamlScalar { IsNull: true })
                problems.Add(node.Place, $"'{key.Name}' must be {KeyForm.Of(key)}, not {node.Kind}.");
            return null;
        }

        var named = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), type))!;
        foreach (var entry in map.Entries)
        {
            // Read what is under an invalid name as well, so that its mistakes are reported in the same run.
            var value = Read(owner, key, type, entry.Key, entry.Value);
            if (key.Pattern is { } pattern && !Matches(pattern, entry.Key.Text))
                problems.Add(entry.Key.Place, $"{Problems.Quote(entry.Key.Text)} is not {pattern.ErrorMessage}.");
            else if (value is not null)
                named[entry.Key.Text] = value;
            owner.Give(key.Property.Name, entry.Key.Text, entry.Key.Place);
        }
        return named;
    }

    private List<Written>? ReadList(SectionKey key, Type item, YamlScalar name, YamlNode node)
    {
        if (node is YamlList list)
            return [.. list.Items.Select(entry => ReadSingle(key, item, name, entry) as Written).OfType<Written>()];
        if (key.OneOrMore && node is YamlScalar { IsNull: false })
            return ReadSingle(key, item, name, node) is Written only ? [only] : null;
        var form = key.Pattern is { } pattern ? $"a list, each {pattern.ErrorMessage}" : "a list";
        problems.Add(node.Place, $"{Problems.Quote(name.Text)} must be {form}, not {node.Kind}.",
            node is YamlScalar { IsNull: false } ? "Write [ and ] around it." : null);
        return null;
    }

    private object? ReadSingle(SectionKey key, Type type, YamlScalar name, YamlNode node)
    {
        var form = KeyForm.OfSingle(key, type);
        if (node is not YamlScalar scalar)
        {
            problems.Add(node.Place, $"{Problems.Quote(name.Text)} must be {form}, not {node.Kind}.");
            return null;
        }
        if (scalar.IsNull || type == typeof(string) && string.IsNullOrWhiteSpace(scalar.Text))
        {
            problems.Add(scalar.Place, $"{Problems.Quote(name.Text)} has no value.", $"It must be {form}.");
            return null;
        }
        if (Parse(key, type, scalar) is { } value && Allowed(key, value))
            return value;

        problems.Add(scalar.Place,
            $"{Problems.Quote(name.Text)} must be {form}; {Problems.Quote(scalar.Text)} is not.",
            Remedy(key, type, scalar));
        return null;
    }

    private static string? Remedy(SectionKey key, Type type, YamlScalar scalar) =>
        key.Words is { Count: > 1 } words && Nearest.To(scalar.Text, words) is [var nearest]
            ? $"Did you mean '{nearest}'?"
        : !scalar.Plain && Parse(key, type, scalar with { Plain = true }) is not null ? "Remove the quotes."
        : null;

    // Numbers and booleans are unquoted in YAML; quoted they are text, as an editor with the schema reports too.
    private static object? Parse(SectionKey key, Type type, YamlScalar scalar)
    {
        var text = scalar.Text;
        if (type == typeof(string))
            return text;
        if (type == typeof(Written))
            return new Written(text, scalar.Place);
        if (type.IsEnum)
            return key.Words!.ToList().IndexOf(text) is >= 0 and var i ? Enum.GetValues(type).GetValue(i) : null;
        if (type == typeof(TimeSpan))
            return Durations.TryParse(text, out var duration) ? duration : null;
        if (!scalar.Plain)
            return null;
        if (type == typeof(bool))
            return text is "true" or "false" ? text == "true" : null;
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, s_invariant, out var number) ? number : null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, s_invariant, out var whole))
            return null;
        return type == typeof(long) ? whole : whole is >= int.MinValue and <= int.MaxValue ? (int)whole : null;
    }

    private static bool Allowed(SectionKey key, object value)
    {
        // NaN and the infinities fail the comparison, as they should.
        if (key.Limits is { } limits)
        {
            var number = Convert.ToDouble(value, s_invariant);
            return number >= Convert.ToDouble(limits.Minimum, s_invariant)
                && number <= Convert.ToDouble(limits.Maximum, s_invariant);
        }
        if (key.AllowedValues is { } words)
            return words.IsValid(value);
        return key.Pattern is not { } pattern
            || Matches(pattern, value is Written scalar ? scalar.Text : (string)value);
    }

    // The patterns are written for JSON Schema, where $ does not match before a trailing line break; in .NET it does.
    private static bool Matches(RegularExpressionAttribute pattern, string text) =>
        Regex.IsMatch(text, pattern.Pattern, RegexOptions.CultureInvariant) && !text.EndsWith('\n');
}
