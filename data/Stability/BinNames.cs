using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Benchmark.Data.Profiling;
using static System.FormattableString;

namespace Benchmark.Data.Stability;

/// <summary>Names of bins, for people.</summary>
internal static class BinNames
{
    public const string Other = "other";
    public const string Unseen = "unseen";
    public const string Missing = "missing";

    private static readonly JsonSerializerOptions s_plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly double s_yearTenThousand = Math.Ceiling(
        (DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds);

    /// <summary>
    /// The bins between edges as intervals, others by their value; then the special codes, and the bins that depend on
    /// the data.
    /// </summary>
    public static IEnumerable<string> Of(FrozenBins bins, ColumnType type)
    {
        IEnumerable<string> names =
        [
            .. bins.Edges is { } edges ? Intervals(edges, bins.Closed, type) : bins.Values!.Select(Value),
            .. (bins.Special ?? []).Select(code => Value(code.Value)),
        ];
        if (bins.Other is not null)
            names = names.Append(Other);
        else if (bins.Edges is null)
            names = names.Append(Unseen);
        return names.Append(Missing);
    }

    /// <summary>The name of a bin as reports show it, where <c>inf</c> is written for the sign.</summary>
    public static string Normal(string bin)
    {
        if (bin is not (['(' or '[', ..] and [.., ')' or ']']) || bin[1..^1].Split(',') is not [var from, var to])
            return bin;
        return $"{bin[0]}{End(from.Trim())}, {End(to.Trim())}{bin[^1]}";

        static string End(string end) => end switch
        {
            "inf" or "+inf" or "+∞" => "∞",
            "-inf" => "-∞",
            _ => end,
        };
    }

    private static IEnumerable<string> Intervals(IReadOnlyList<double> edges, ClosedSide closed, ColumnType type)
    {
        for (var i = 0; i <= edges.Count; i++)
        {
            var from = i == 0 ? "-∞" : Name(i - 1);
            var to = i == edges.Count ? "∞" : Name(i);
            if (IsPoint(i))
                yield return to;
            else
                yield return $"{(i > 0 && closed == ClosedSide.Left ? '[' : '(')}{from}, {to}{End(i)}";
        }

        // A value that stands twice encloses a bin of its own, and is in neither of those beside it.
        bool IsPoint(int bin) => bin > 0 && bin < edges.Count && edges[bin - 1] == edges[bin];

        char End(int bin) => bin == edges.Count || closed == ClosedSide.Left || IsPoint(bin + 1) ? ')' : ']';

        string Name(int edge) => Edge(edges[edge], type, isValue: IsPoint(edge) || IsPoint(edge + 1));
    }

    // A value that could be taken for one of our own bins, or for another value's quoted name, is quoted; so is one
    // whose line breaks or tabs would break a plain line.
    private static string Value(string value) =>
        value is "" or Other or Unseen or Missing || value[0] == '"' || value.Any(char.IsControl)
            ? JsonSerializer.Serialize(value, s_plain)
            : value;

    private static string Edge(double edge, ColumnType type, bool isValue) => type switch
    {
        // Dates are whole days, so the fraction of an edge between two days does not matter.
        ColumnType.Date => Invariant($"{DateTime.UnixEpoch.AddDays(Math.Floor(edge)):yyyy-MM-dd}"),
        ColumnType.Timestamp => Invariant($"{Instant(edge):yyyy-MM-dd'T'HH:mm:ss.FFF'Z'}"),
        ColumnType.Time => Invariant($"{TimeSpan.FromSeconds(edge):hh':'mm':'ss}"),
        // 15 digits: an interpolated edge of 0.2 is a double such as 0.20000000000000001.
        _ => edge.ToString(Math.Abs(edge) < 1e15 && !isValue ? "G15" : "R", CultureInfo.InvariantCulture),
    };

    // As a double, the last microseconds of the year 9999 (often "for ever") round up to the year 10000.
    private static DateTime Instant(double seconds) =>
        seconds < s_yearTenThousand ? DateTime.UnixEpoch.AddSeconds(seconds) : DateTime.MaxValue;
}
