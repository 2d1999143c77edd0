namespace Benchmark.Contracts.Registry.Document;

/// <summary>Collects every problem, so that all are reported at once.</summary>
internal sealed class Problems
{
    private readonly List<RegistryProblem> _found = [];

    public bool Any => _found.Count > 0;

    public void Add(Place place, string problem, string? hint = null) => _found.Add(new RegistryProblem
    {
        Where = place.Where,
        Line = place.Line,
        Column = place.Column,
        Problem = problem,
        Hint = hint,
    });

    public void ThrowIfAny()
    {
        if (Any)
            throw new RegistryException([.. _found.Distinct()
                .OrderBy(p => p.Where, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.Column)]);
    }

    /// <summary>Quotes input for a message: one line, at most 80 characters.</summary>
    public static string Quote(string written)
    {
        const int longest = 80;
        var line = string.Concat(written.Take(longest).Select(c => char.IsControl(c) ? ' ' : c));
        return written.Length > longest ? $"'{line}…'" : $"'{line}'";
    }

    /// <summary><c>Did you mean 'threshold'?</c>, or the list of known names when none is close.</summary>
    public static string Suggest(string given, IReadOnlyCollection<string> known, string otherwise = "Known here") =>
        Nearest.To(given, known) is [var nearest] ? $"Did you mean '{nearest}'?"
        : known.Count == 0 ? $"{otherwise}: none."
        : $"{otherwise}: {string.Join(", ", known)}.";
}
