using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Benchmark.Data;

/// <summary>The words that enums are written as in messages, files, the database and reports.</summary>
public static class EnumWords
{
    /// <summary>The word of a value, as JSON has it: <c>published</c>, <c>row_rules</c>, …</summary>
    public static string Word<T>(this T value)
        where T : struct, Enum => Words<T>.ByValue[value];

    /// <summary>The value of a word.</summary>
    /// <exception cref="KeyNotFoundException">No value has this word.</exception>
    public static T Read<T>(string word)
        where T : struct, Enum => Words<T>.ByWord[word];

    /// <summary>The same; null for a word that no value has, as one that a newer program has written.</summary>
    public static T? TryRead<T>(string word)
        where T : struct, Enum => Words<T>.ByWord.TryGetValue(word, out var value) ? value : null;

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ByValue = Enum.GetValues<T>()
            .ToFrozenDictionary(value => value, Name);

        public static readonly FrozenDictionary<string, T> ByWord = ByValue.ToFrozenDictionary(
            pair => pair.Value, pair => pair.Key);

        private static string Name(T value) =>
            typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name;
    }
}
