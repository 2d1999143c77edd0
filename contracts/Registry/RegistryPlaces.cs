using Benchmark.Contracts.Registry.Document;

namespace Benchmark.Contracts.Registry;

/// <summary>
/// Where a registry says what of its models and sources: for whoever learns only from the sources that it is wrong.
/// </summary>
public sealed class RegistryPlaces
{
    /// <summary>Those of a registry that no file holds.</summary>
    public static readonly RegistryPlaces None = new();

    private readonly Dictionary<string, Place> _places = [];

    /// <summary>
    /// A problem at the place of what it is about, which is named before what is wrong; as it is when no place is
    /// known.
    /// </summary>
    /// <param name="problem">The problem; it says what it is about as <see cref="RegistryProblem.Where"/>.</param>
    /// <param name="subject">The model or the source.</param>
    /// <param name="keys">The way to what is wrong; where its end is not written, what is above it counts.</param>
    public RegistryProblem Locate(RegistryProblem problem, string subject, params IReadOnlyList<string> keys)
    {
        for (var length = keys.Count; length >= 0; length--)
        {
            if (_places.TryGetValue(Path(subject, keys.Take(length)), out var place))
                return problem with
                {
                    Where = place.Where,
                    Line = place.Line,
                    Column = place.Column,
                    Problem = $"{problem.Where}: {problem.Problem}",
                };
        }
        return problem;
    }

    /// <summary>Notes where something of a model or a source is written.</summary>
    internal void Add(Place place, string subject, params IReadOnlyList<string> keys) =>
        _places[Path(subject, keys)] = place;

    private static string Path(string subject, IEnumerable<string> keys) => string.Join('\0', keys.Prepend(subject));
}
