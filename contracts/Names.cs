using System.Text.RegularExpressions;

namespace Benchmark.Contracts;

/// <summary>What value streams and models may be called: names that are safe as one path segment.</summary>
public static partial class Names
{
    /// <summary>The allowed form.</summary>
    public const string Pattern = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";

    /// <summary>Whether a name has the allowed form.</summary>
    public static bool Valid(string? name) => name is not null && Allowed().IsMatch(name);

    /// <summary>Refuses a name that could leave the volume.</summary>
    /// <exception cref="ArgumentException">The name does not have the allowed form.</exception>
    public static void Require(string name)
    {
        if (!Valid(name))
            throw new ArgumentException($"'{name}' is not a name: allowed is {Pattern}.", nameof(name));
    }

    [GeneratedRegex($@"\A{Pattern}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
