using System.Data.Common;

namespace Benchmark.Fetcher.Sources;

/// <summary>A table or view that a source has.</summary>
/// <param name="Name">Its name alone.</param>
/// <param name="Full">The same after its schema, where it has one.</param>
/// <param name="Written">How the registry names it.</param>
internal sealed record KnownTable(string Name, string Full, string Written);

/// <summary>The tables of a source, by a query on its catalogue.</summary>
internal static class KnownTables
{
    /// <summary>The tables that a catalogue's query should give at most: a larger one is not worth the wait.</summary>
    public const int Most = 10_000;

    /// <param name="connection">An open connection to the source.</param>
    /// <param name="catalogue">A query that gives schema and name of every table and view; the schema may be
    /// NULL.</param>
    /// <param name="needsQuotes">Whether a part of a name means another table without quotes.</param>
    /// <param name="ct">Cancels the reading.</param>
    public static async Task<IReadOnlyList<KnownTable>> ReadAsync(
        DbConnection connection, string catalogue, Func<string, bool>? needsQuotes, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = catalogue;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var known = new List<KnownTable>();
        while (await reader.ReadAsync(ct))
        {
            var name = reader.GetString(1);
            var schema = await reader.IsDBNullAsync(0, ct) ? null : reader.GetString(0);
            known.Add(schema is null
                ? new KnownTable(name, name, Written(name))
                : new KnownTable(name, $"{schema}.{name}", $"{Written(schema)}.{Written(name)}"));
        }
        return known;

        string Written(string part) => needsQuotes?.Invoke(part) is true ? Identifiers.DoubleQuoted(part) : part;
    }
}
