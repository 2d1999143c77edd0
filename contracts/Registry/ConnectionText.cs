using System.Data.Common;

namespace Benchmark.Contracts.Registry;

/// <summary>A connection string with <c>${NAME}</c> in it.</summary>
internal static class ConnectionText
{
    /// <summary>
    /// The connection string with each variable replaced. One that stands in a value is put in after the string is
    /// parsed: a semicolon, a quote or a blank at the end of a password is then part of the password.
    /// </summary>
    /// <param name="text">The connection string as the registry has it.</param>
    /// <param name="environment">The variables; one that is empty counts as not set.</param>
    /// <param name="missing">The variables that are not set; their places stay as they are.</param>
    public static string Expand(
        string text, IReadOnlyDictionary<string, string?> environment, out IReadOnlyList<string> missing)
    {
        var whole = Placeholders.Expand(text, environment, out missing);
        if (Parsed(text) is not { } parsed)
            return whole;
        foreach (var key in parsed.Keys.Cast<string>().ToList())
        {
            if (parsed[key] is string value && Placeholders.In(value).Count > 0)
                parsed[key] = Placeholders.Expand(value, environment, out _);
        }
        return parsed.ConnectionString;
    }

    // Null where a variable stands for more than a value, as one does that holds a whole connection string.
    private static DbConnectionStringBuilder? Parsed(string text)
    {
        try
        {
            var parsed = new DbConnectionStringBuilder { ConnectionString = text };
            var inValues = parsed.Keys.Cast<string>().SelectMany(key => Placeholders.In($"{parsed[key]}"));
            return Placeholders.In(text) is [_, ..] all && all.Except(inValues).Any() is false ? parsed : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
