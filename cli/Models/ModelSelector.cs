using System.IO.Enumeration;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;

namespace Benchmark.Cli.Models;

/// <summary>Models as people name them: <c>stream/model</c>, a whole value stream, or a glob of either.</summary>
internal static class ModelSelector
{
    /// <summary>What an argument of models says of itself.</summary>
    public const string Description = "As value_stream/model; or a whole value_stream; or a glob, as 'credit/pd_*'.";

    /// <summary>The models that any of the selectors names, in the registry's order; all without one.</summary>
    /// <exception cref="UsageException">A selector matches nothing; the message lists each, with the nearest known
    /// names.</exception>
    public static IReadOnlyList<ModelDefinition> Select(ModelRegistry registry, IReadOnlyList<string> selectors)
    {
        if (selectors.Count == 0)
            return registry.Models;
        var unmatched = selectors.Distinct()
            .Where(selector => !registry.Models.Any(model => Matches(selector, model.Name))).ToList();
        if (unmatched.Count > 0)
            throw new UsageException(
                string.Join(Environment.NewLine, unmatched.Select(selector => NoMatch(selector, registry))));
        return [.. registry.Models.Where(model => selectors.Any(selector => Matches(selector, model.Name)))];
    }

    /// <summary>Those of the selected models to refresh: a suspended one only where its exact name is given.</summary>
    public static IReadOnlyList<ModelDefinition> Awake(
        IEnumerable<ModelDefinition> selected, IReadOnlyList<string> selectors, DateTimeOffset now) =>
        [.. selected.Where(model => model.SuspendedAt(now) is null || selectors.Contains(model.Name.ToString()))];

    /// <summary>The registry with the models alone that any of the selectors names; whole without one.</summary>
    /// <exception cref="UsageException">A selector matches nothing.</exception>
    public static ModelRegistry Restrict(ModelRegistry registry, IReadOnlyList<string> selectors) =>
        selectors.Count == 0 ? registry : registry.Only(Select(registry, selectors));

    /// <summary>Whether it is the exact name of one model.</summary>
    public static bool IsName(string selector) =>
        selector.Contains('/', StringComparison.Ordinal) && !IsGlob(selector);

    private static bool IsGlob(string selector) => selector.AsSpan().ContainsAny('*', '?');

    private static bool Matches(string selector, ModelKey name)
    {
        var whole = selector.Contains('/', StringComparison.Ordinal);
        var candidate = whole ? name.ToString() : name.ValueStream;
        return IsGlob(selector)
            ? FileSystemName.MatchesSimpleExpression(selector, candidate, ignoreCase: false)
            : selector == candidate;
    }

    private static string NoMatch(string selector, ModelRegistry registry)
    {
        var names = registry.Models.Select(model => model.Name.ToString()).ToList();
        var streams = registry.Models.Select(model => model.ValueStream).Distinct().ToList();
        // A name without its value stream is as common as a misspelt one.
        var alone = registry.Models.Select(model => model.Model).ToHashSet();
        var near = Nearest.To(selector, alone).Append(selector).ToHashSet();
        var elsewhere = registry.Models.Where(model => near.Contains(model.Model))
            .Select(model => model.Name.ToString());
        string[] nearest = IsGlob(selector)
            ? alone.Any(model => FileSystemName.MatchesSimpleExpression(selector, model)) ? [$"'*/{selector}'"] : []
            : [.. Nearest.To(selector, [.. streams, .. names], count: 3).Concat(elsewhere).Distinct().Take(3)];
        var known = selector.Contains('/', StringComparison.Ordinal) ? names : streams;
        var hint = nearest.Length > 0
            ? $"Did you mean {string.Join(" or ", nearest)}?"
            : $"Known are {string.Join(", ", known.Take(10))}{(known.Count > 10 ? ", …" : "")}.";
        var what = IsGlob(selector) ? $"Nothing in the registry matches '{selector}'."
            : selector.Contains('/', StringComparison.Ordinal) ? $"No model '{selector}' in the registry."
            : $"No value stream '{selector}' in the registry.";
        return $"{what} {hint} See: benchmark models.";
    }
}
