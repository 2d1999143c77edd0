using System.Text.RegularExpressions;
using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>The text that is sent to a source: one SELECT, whatever the registry says.</summary>
internal static partial class QueryText
{
    /// <summary>What a query says where the moment of the run is to stand.</summary>
    public const string AsOf = ":as_of";

    /// <summary>The query of a model in its source's spelling.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kind">Its source's kind.</param>
    /// <param name="asOf">The moment whose data is read; null for that of the query.</param>
    /// <exception cref="FetchRefusedException">It is not exactly one SELECT, names no table, or cannot be read as of a
    /// moment.</exception>
    public static string For(ModelDefinition model, SourceKind kind, DateTimeOffset? asOf)
    {
        var moment = asOf is { } at ? kind.Moment(at) ?? throw NoMoment(model) : null;
        if (model.Query is not { } query)
        {
            var table = QuotedTable(model.Table ?? "", kind);
            return $"SELECT * FROM {(moment is null ? table : kind.TableAsOf(table, moment))}";
        }
        return SingleSelect.Require(
            moment is null ? query : WithMoment(query, moment) ?? throw NoPlace(model), kind.BackslashEscapes);
    }

    // Null when it has no place for one.
    private static string? WithMoment(string query, string moment)
    {
        var places = 0;
        var text = PlaceOrQuoted().Replace(query, found =>
        {
            if (!found.Groups["place"].Success)
                return found.Value;
            places++;
            return moment;
        });
        return places > 0 ? text : null;
    }

    private static FetchRefusedException NoPlace(ModelDefinition model) => new(
        $"The query of {model.Name} is to be read as of a moment of its run, and does not say where.",
        $"Write AT(TIMESTAMP => {AsOf}) after each of its tables, or remove 'as_of' from the model, its value stream "
        + "or 'defaults'.");

    private static FetchRefusedException NoMoment(ModelDefinition model) => new(
        $"{model.Name} is to be read as of a moment of its run, which its source '{model.Source}' cannot do: it keeps "
        + "no earlier state of a table.",
        "Remove 'as_of' from the model, its value stream or 'defaults', or give the model a Snowflake source.");

    // What stands in quotes or in a comment says nothing; col:as_of is a part of a VARIANT.
    [GeneratedRegex(
        """
        '(?:[^'\\]|\\.)*'|"[^"]*"|\$\$.*?\$\$|--[^\n]*|//[^\n]*|/\*.*?\*/|(?<place>(?<![\w"'\])]):as_of\b)
        """,
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex PlaceOrQuoted();

    // Dots separate the parts; a part in double quotes is taken to the letter.
    private static string QuotedTable(string table, SourceKind kind)
    {
        var parts = new List<string>();
        var rest = table.AsSpan().Trim();
        while (true)
        {
            var quoted = rest.StartsWith("\"") && rest[1..].IndexOf('"') is > 0 and var end
                ? rest[1..(end + 1)] : default;
            var part = quoted.IsEmpty ? rest[..(rest.IndexOf('.') is >= 0 and var dot ? dot : rest.Length)] : quoted;
            var length = quoted.IsEmpty ? part.Length : part.Length + 2;
            if (part.IsWhiteSpace() || (rest.Length > length && rest[length] != '.'))
                throw new FetchRefusedException(
                    $"'{table}' is not the name of a table.",
                    "Write table as SCHEMA.TABLE or DATABASE.SCHEMA.TABLE, or write a query.");
            parts.Add(quoted.IsEmpty ? kind.Quote(part.ToString()) : kind.QuoteExactly(part.ToString()));
            if (rest.Length <= length)
                return string.Join('.', parts);
            rest = rest[(length + 1)..];
        }
    }
}
