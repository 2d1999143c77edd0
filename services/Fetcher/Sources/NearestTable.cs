using System.Data.Common;
using Benchmark.Contracts;

namespace Benchmark.Fetcher.Sources;

/// <summary>Suggests a table when the source does not know a name.</summary>
internal static class NearestTable
{
    /// <summary>The tables that a catalogue's query should give at most: a larger one is not worth the wait.</summary>
    public const int MaxTables = 10_000;

    /// <param name="connection">Where it was looked for.</param>
    /// <param name="missing">The name, with its schema or without, as the source has it in its message.</param>
    /// <param name="catalogue">A query that gives schema and name of every table and view; the schema may be
    /// NULL.</param>
    /// <param name="ct">Cancels the search.</param>
    public static async Task<string?> HintAsync(
        DbConnection connection, string missing, string catalogue, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = catalogue;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var known = new List<(string Name, string Full)>();
        while (await reader.ReadAsync(ct))
        {
            var name = reader.GetString(1);
            known.Add((name, await reader.IsDBNullAsync(0, ct) ? name : $"{reader.GetString(0)}.{name}"));
        }
        var qualified = missing.Contains('.', StringComparison.Ordinal);
        var names = known.Select(table => (Compared: qualified ? table.Full : table.Name, table.Full)).ToList();
        // Last month's table is often the nearest by name, and would publish last month's data.
        var near = Nearest.To(
            missing,
            names.Select(table => table.Compared).Where(name => Nearest.HaveSameDigits(missing, name)).Distinct());
        if (near is [])
            return null;
        var meant = names.Where(table => near.Contains(table.Compared)).Select(table => $"'{table.Full}'");
        return $"Did you mean {string.Join(" or ", meant)}? Correct 'table' or 'query' of the model in the registry.";
    }
}
