using System.Globalization;
using Benchmark.Data;
using Benchmark.Data.Dialect;

namespace Benchmark.Contracts.Registry;

/// <summary>
/// What a model's rules ask that the columns of its query cannot meet, whatever rows there are. Pure.
/// </summary>
public static class GivenColumns
{
    private const int MostNamed = 20;
    private const string ConvertIt = "Convert it in the query, or correct the rule.";

    /// <summary>Every such problem, at its place in the registry.</summary>
    /// <param name="model">The model.</param>
    /// <param name="columns">What its query gives.</param>
    /// <param name="places">Where the registry says what.</param>
    public static IEnumerable<RegistryProblem> Problems(
        ModelDefinition model, IReadOnlyList<ColumnFacts> columns, RegistryPlaces places)
    {
        foreach (var rule in model.Columns)
        {
            if (columns.FirstOrDefault(column => column.Name == rule.Name) is not { } column)
                yield return At(Unknown(rule.Name, columns), "columns", rule.Name);
            else if (Unfit(model, rule, column.Type) is var (key, problem))
                yield return At(
                    Problem($"column '{rule.Name}': {problem}.", ConvertIt), "columns", rule.Name, key);
        }
        foreach (var name in model.Key.Except(model.Columns.Select(rule => rule.Name)))
        {
            if (columns.All(column => column.Name != name))
                yield return At(Unknown(name, columns), "key", name);
        }

        RegistryProblem At(RegistryProblem problem, params string[] keys) =>
            places.Locate(problem, $"{model.Name}", keys);

        RegistryProblem Problem(string problem, string hint) =>
            new() { Where = $"model {model.Name}", Problem = problem, Hint = hint };

        RegistryProblem Unknown(string name, IReadOnlyList<ColumnFacts> given) => Problem(
            $"its rules name the column '{name}', which its query does not give.", Meant(name, given));
    }

    private static string Meant(string name, IReadOnlyList<ColumnFacts> columns)
    {
        var names = columns.Select(column => column.Name).ToList();
        var left = names.Count - MostNamed;
        var given = $"The query gives {string.Join(", ", names.Take(MostNamed))}"
            + (left > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {left} more.") : ".");
        return Nearest.To(name, names) is [var nearest] ? $"Did you mean '{nearest}'? {given}" : given;
    }

    // The key that is wrong, and why. Of texts, which may be spelled like anything, and bytes nothing is known.
    private static (string Key, string Problem)? Unfit(ModelDefinition model, ColumnRule rule, ColumnType given)
    {
        if (given is ColumnType.String or ColumnType.Bytes || rule.Type is ColumnType.String or ColumnType.Bytes)
            return null;
        if (rule.Type is { } declared)
            return CanBe(declared, given) ? null
                : ("type", $"declared as {declared.Word()}, but the query gives type {given.Word()}");
        if (rule.IsAsOf && given is not (ColumnType.Date or ColumnType.Timestamp))
            return (
                "role", $"with 'role: as_of' it is a date or a timestamp, but the query gives type {given.Word()}");
        var grammar = Grammar.Of(given);
        if (new[] { (Key: "min", Limit: rule.Min), (Key: "max", Limit: rule.Max) }
            .FirstOrDefault(end => end.Limit is { } limit && grammar.Compare(limit, limit) is null) is { Key: { } end })
            return (end, grammar.HasOrder
                ? $"its '{end}' is not {grammar.Form}, which the query gives"
                : $"the query gives type {given.Word()}, which has no '{end}'");
        if (rule.Values?.FirstOrDefault(value => !grammar.Accepts(value)) is { } value)
            return ("values", $"the allowed value '{value}' is not {grammar.Form}, which the query gives");
        return rule.Bins?.ProblemsWith(given).FirstOrDefault() is { } bins
            ? ("drift", $"{bins.Text}, which the query gives") : null;
    }

    // Whole numbers may come as any kind of number.
    private static bool CanBe(ColumnType declared, ColumnType given) =>
        (Grammar.AreNumbers(declared) && Grammar.AreNumbers(given))
        || Grammar.Of(declared).Accepts(Grammar.Of(given).Example);
}
