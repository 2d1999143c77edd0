using System.Data.Common;
using Benchmark.Contracts;

namespace Benchmark.Fetcher.Sources;

/// <summary>Suggests a table when the source does not know a name.</summary>
internal static class NearestTable
{
    /// <param name="connection">Where it was looked for.</param>
    /// <param name="missing">The name, with its schema or without, as the source has it in its message.</param>
    /// <param name="catalogue">A query that gives schema and name of every table and view; the schema may be
    /// NULL.</param>
    /// <param name="ct">Cancels the search.</param>
    /// <param name="needsQuotes">Whether a part of a name means another table without quotes.</param>
    public static async Task<string?> HintAsync(
        DbConnection connection, string missing, string catalogue, CancellationToken ct,
        Func<string, bool>? needsQuotes = null)
    {
        var known = await KnownTables.ReadAsync(connection, catalogue, needsQuotes, ct);
        var qualified = missing.Contains('.', StringComparison.Ordinal);
        var names = known
            .Select(table => (Compared: qualified ? table.Full : table.Name, table.Written)).ToList();
        // Last month's table is often the nearest by name, and would publish last month's data.
        var near = Nearest.To(
            missing,
            names.Select(table => table.Compared).Where(name => Nearest.HaveSameDigits(missing, name)).Distinct());
        if (near is [])
            return null;
        var meant = names.Where(table => near.Contains(table.Compared))
            .Select(table => $"'{table.Written}'");
        return $"Did you mean {string.Join(" or ", meant)}? Correct 'table' or 'query' of the model in the registry.";
    }
}
