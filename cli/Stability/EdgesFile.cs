using System.Globalization;
using System.Text.Json;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;

namespace Benchmark.Cli.Stability;

/// <summary>The file of <c>--edges</c>: a scorecard's bins by column, in the registry's words.</summary>
internal static class EdgesFile
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };
    private static readonly string[] s_keys = ["edges", "closed", "groups", "special", "points"];

    /// <summary>Reads the bins of each column.</summary>
    /// <exception cref="UsageException">It is not of the documented form.</exception>
    public static IReadOnlyDictionary<string, ScorecardBins> Read(string path)
    {
        if (!Posix.Exists(path))
            throw new UsageException($"There is no file {path}, which --edges names.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), s_strict);
            return document.RootElement.EnumerateObject()
                .ToDictionary(column => column.Name, column => Bins(column.Value, $"{path}, column {column.Name}"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UsageException(
                $"{path} is no file of edges: {e.Message} It looks like "
                + """{"score": {"edges": [0.5, 3], "closed": "left"}, "grade": {"groups": {"good": ["A", "B"]}}}.""");
        }
    }

    private static ScorecardBins Bins(JsonElement column, string where)
    {
        foreach (var key in column.EnumerateObject().Select(property => property.Name).Except(s_keys))
            throw new UsageException($"{where}: there is no key {key}. Allowed are {string.Join(", ", s_keys)}.");
        var edges = column.TryGetProperty("edges", out var given) ? Texts(given) : null;
        var groups = column.TryGetProperty("groups", out var grouped)
            ? grouped.EnumerateObject().ToDictionary(group => group.Name, group => Texts(group.Value))
            : null;
        if (edges is null == groups is null)
            throw new UsageException($"{where}: give either edges, of numbers and dates, or groups, of texts.");
        if (edges is { Count: 0 })
            throw new UsageException($"{where}: there is no edge.");
        if (edges is not null && !IsAscending(edges))
            throw new UsageException(
                $"{where}: the edges have to ascend, without infinities: {string.Join(", ", edges)}.");
        var rules = new BinRules
        {
            Edges = edges,
            Groups = groups,
            Closed = Closed(column, where),
            Special = column.TryGetProperty("special", out var special) ? Texts(special) : [],
        };
        return new ScorecardBins(rules, column.TryGetProperty("points", out var points) ? Points(points, where) : null);
    }

    private static Dictionary<string, double> Points(JsonElement points, string where)
    {
        var byBin = new Dictionary<string, double>();
        foreach (var bin in points.EnumerateObject())
        {
            var name = FrozenBins.NormalName(bin.Name);
            if (!byBin.TryAdd(name, bin.Value.GetDouble()))
                throw new UsageException($"{where}: the bin {name} has points twice.");
        }
        return byBin;
    }

    private static ClosedSide Closed(JsonElement column, string where) =>
        !column.TryGetProperty("closed", out var closed) ? ClosedSide.Right : closed.GetString() switch
        {
            "right" => ClosedSide.Right,
            "left" => ClosedSide.Left,
            var other => throw new UsageException($"{where}: closed is {other}; allowed are left and right."),
        };

    private static bool IsAscending(IReadOnlyList<string> edges)
    {
        var numbers = edges
            .Select(edge => double.TryParse(edge, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number : (double?)null)
            .ToList();
        // Dates ascend as texts do.
        return numbers.All(number => number is not null)
            ? numbers.All(number => double.IsFinite(number!.Value))
                && numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second)
            : edges.Zip(edges.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);
    }

    private static IReadOnlyList<string> Texts(JsonElement values) =>
    [
        .. values.EnumerateArray().Select(
            value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()),
    ];
}

/// <summary>A scorecard's bins of one column.</summary>
/// <param name="Rules">The bins.</param>
/// <param name="Points">Its points by the name of the bin; null without.</param>
internal sealed record ScorecardBins(BinRules Rules, IReadOnlyDictionary<string, double>? Points);
