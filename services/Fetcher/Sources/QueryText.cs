using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>The text that is sent to a source: one SELECT, whatever the registry says.</summary>
internal static class QueryText
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
        if (moment is not null && !query.Contains(AsOf, StringComparison.Ordinal))
            throw new FetchRefusedException(
                $"The query of {model.Name} is to be read as of the start of its run, and does not say where.",
                $"Write AT(TIMESTAMP => {AsOf}) after each of its tables, or remove 'as_of' from the model.");
        return SingleSelect.Require(
            moment is null ? query : query.Replace(AsOf, moment, StringComparison.Ordinal), kind.BackslashEscapes);
    }

    private static FetchRefusedException NoMoment(ModelDefinition model) => new(
        $"{model.Name} is to be read as of the start of its run, which its source '{model.Source}' cannot: it keeps no "
        + "earlier state of a table.",
        "Remove 'as_of' from the model, or give it a Snowflake source.");

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
