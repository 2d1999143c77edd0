using System.Text.RegularExpressions;

namespace Benchmark.Contracts;

/// <summary>The names of value streams and models: safe as one path segment.</summary>
public static partial class SafeName
{
    /// <summary>The allowed form.</summary>
    public const string Pattern = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";

    /// <summary>Whether a name has the allowed form.</summary>
    public static bool IsValid(string? name) => name is not null && Allowed().IsMatch(name);

    /// <summary>Throws for a name that could lead out of the volume.</summary>
    /// <exception cref="ArgumentException">The name does not have the allowed form.</exception>
    public static void Require(string name)
    {
        if (!IsValid(name))
            throw new ArgumentException($"'{name}' is not a valid name: allowed is {Pattern}.", nameof(name));
    }

    [GeneratedRegex($@"\A{Pattern}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
