using System.Data.Common;
using Benchmark.Data.Writing;

namespace Benchmark.Fetcher.Sources;

/// <summary>The columns of a table or query as a benchmark can hold them.</summary>
/// <param name="Query">A query for those; null when it holds all as they are.</param>
/// <param name="Cast">Those that it holds as another type.</param>
/// <param name="LeftOut">Those that it does not hold.</param>
/// <param name="IsEmpty">Whether it holds none.</param>
public sealed record HeldColumns(
    string? Query, IReadOnlyList<ChangedColumn> Cast, IReadOnlyList<ChangedColumn> LeftOut, bool IsEmpty)
{
    /// <summary>Decides it by the columns of a reader.</summary>
    /// <param name="kind">The kind of its source.</param>
    /// <param name="query">What is read, which begins with <c>SELECT *</c>.</param>
    /// <param name="reader">Its result.</param>
    internal static HeldColumns Of(SourceKind kind, string query, DbDataReader reader)
    {
        var (selected, cast, leftOut) = (new List<string>(), new List<ChangedColumn>(), new List<ChangedColumn>());
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var (name, type) = (reader.GetName(i), reader.GetDataTypeName(i));
            var quoted = kind.QuoteExactly(name);
            if (IsHeld(kind, reader, i))
                selected.Add(quoted);
            else if (kind.PlainType(type) is { } plain)
            {
                selected.Add($"CAST({quoted} AS {plain}) AS {quoted}");
                cast.Add(new ChangedColumn(name, type.ToUpperInvariant(), plain));
            }
            else
                leftOut.Add(new ChangedColumn(name, type.ToUpperInvariant(), null));
        }
        var isAll = cast.Count + leftOut.Count == 0;
        return new HeldColumns(
            isAll || selected.Count == 0 ? null : $"SELECT {string.Join(", ", selected)}{query["SELECT *".Length..]}",
            cast, leftOut, IsEmpty: selected.Count == 0);
    }

    private static bool IsHeld(SourceKind kind, DbDataReader reader, int ordinal)
    {
        try
        {
            SourceConnection.Column(kind, reader, ordinal);
            return true;
        }
        catch (UnwritableDataException)
        {
            return false;
        }
    }
}

/// <summary>A column whose type a benchmark has no place for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as the source calls it, in capitals.</param>
/// <param name="Plain">The type that it is cast to; null when it is left out.</param>
public sealed record ChangedColumn(string Name, string Type, string? Plain);
