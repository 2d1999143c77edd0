using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>The text that is sent to a source: one SELECT, whatever the registry says.</summary>
internal static class QueryText
{
    /// <summary>The query of a model in its source's spelling.</summary>
    /// <exception cref="FetchRefusedException">It is not exactly one SELECT, or names no table.</exception>
    public static string For(ModelDefinition model, SourceKind kind) =>
        model.Query is { } query
            ? SingleSelect.Require(query, kind.BackslashEscapes)
            : $"SELECT * FROM {QuotedTable(model.Table ?? "", kind)}";

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
