using System.Globalization;
using Benchmark.Cli.Stability.Foreign;
using Benchmark.Data;
using Benchmark.Data.Dialect;
using Benchmark.Data.Profiling;

namespace Benchmark.Cli.Stability;

/// <summary>How the bins of a reference that is a file are chosen.</summary>
internal sealed record BinChoice
{
    /// <summary>The bins of a numeric column without a choice, and the parts of equal width.</summary>
    public const int DefaultBins = 10;

    /// <summary>Quantile bins of a numeric column.</summary>
    public int Bins { get; init; } = DefaultBins;

    /// <summary>Whether numbers are divided into parts of equal width, not at quantiles.</summary>
    public bool EqualWidth { get; init; }

    /// <summary>Codes that are no values, in every column that can hold them.</summary>
    public IReadOnlyList<string> Special { get; init; } = [];

    /// <summary>A scorecard's bins, by column.</summary>
    public IReadOnlyDictionary<string, ScorecardBins> Edges { get; init; } = new Dictionary<string, ScorecardBins>();

    /// <summary>Whether anything was chosen.</summary>
    public bool IsDefault => Bins == DefaultBins && !EqualWidth && Special.Count == 0 && Edges.Count == 0;

    /// <summary>The bins of a column that are not taken from the data alone; null when all are.</summary>
    public BinRules? RulesOf(ColumnReading column)
    {
        var rules = Edges.GetValueOrDefault(column.Name)?.Rules ?? new BinRules();
        // A code of this column alone is kept where it does not fit, so that its problem is reported.
        string[] special =
        [
            .. rules.Special.Select(code => Spell(code, column.Type) ?? code),
            .. Special.Select(code => Spell(code, column.Type)).OfType<string>(),
        ];
        return rules.Edges is null && rules.Groups is null && special.Length == 0
            ? null
            : rules with { Special = [.. special.Distinct()] };
    }

    /// <summary>The codes that no column can hold.</summary>
    public IEnumerable<string> Unusable(IEnumerable<ColumnReading> columns) =>
        Special.Where(code => columns.All(column => Spell(code, column.Type) is null));

    /// <summary>The inner edges of parts of equal width; null for a column without a range of numbers.</summary>
    public static IReadOnlyList<string>? EqualEdges(ColumnProfile column)
    {
        if (column.Type is not (ColumnType.Integer or ColumnType.Number)
            || !TryNumber(column.Min, out var least) || !TryNumber(column.Max, out var greatest) || least == greatest)
            return null;
        var range = greatest - least;
        // A range of few doubles has fewer parts.
        return
        [
            .. Enumerable.Range(1, DefaultBins - 1).Select(Edge).Distinct()
                .Select(edge => edge.ToString("R", CultureInfo.InvariantCulture)),
        ];

        // Weighing the ends never overflows, but moves edges off the whole numbers that they are meant to be.
        double Edge(int part) => double.IsFinite(range * DefaultBins)
            ? least + range * part / DefaultBins
            : least / DefaultBins * (DefaultBins - part) + greatest / DefaultBins * part;
    }

    private static bool TryNumber(string? text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    // A code is spelled as the column's values are: -999 is -999.0.
    private static string? Spell(string code, ColumnType type)
    {
        if (type is ColumnType.String or ColumnType.Boolean or ColumnType.Bytes)
            return null;
        var grammar = Grammar.Of(type);
        string[] spellings = [code, $"{code}T00:00:00"];
        if (TryNumber(code, out var number) && number == Math.Floor(number))
            spellings = [code, number.ToString("F0", CultureInfo.InvariantCulture)];
        return spellings.FirstOrDefault(grammar.Accepts);
    }
}
