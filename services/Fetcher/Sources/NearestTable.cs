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
    /// <param name="needsQuotes">Whether a part of a name means another table without quotes.</param>
    public static async Task<string?> HintAsync(
        DbConnection connection, string missing, string catalogue, CancellationToken ct,
        Func<string, bool>? needsQuotes = null)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = catalogue;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var known = new List<(string Name, string Full, string Written)>();
        while (await reader.ReadAsync(ct))
        {
            var name = reader.GetString(1);
            var schema = await reader.IsDBNullAsync(0, ct) ? null : reader.GetString(0);
            known.Add(schema is null
                ? (name, name, Written(name)) : (name, $"{schema}.{name}", $"{Written(schema)}.{Written(name)}"));
        }
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

        string Written(string part) => needsQuotes?.Invoke(part) is true ? Identifiers.DoubleQuoted(part) : part;
    }
}
