using System.Globalization;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;

namespace Benchmark.Cli.Init;

/// <summary>What the rows of a model show that no column shows alone, or that decides how to read one.</summary>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Columns">Its columns; what is probably a code is in no minimum, maximum or list of values.</param>
/// <param name="Key">Columns that are different in every row together; empty when none were found.</param>
/// <param name="AsOf">Columns with one date in every row.</param>
/// <param name="Score">The column named like a score; null when none is.</param>
/// <param name="Codes">Values that are probably codes, by column.</param>
internal sealed record ModelTraits(
    long Rows, IReadOnlyList<ColumnProfile> Columns, IReadOnlyList<string> Key, IReadOnlySet<string> AsOf,
    string? Score, IReadOnlyDictionary<string, IReadOnlyList<ValueCount>> Codes)
{
    // Of fewer rows nothing but names and types can be told.
    private const long Few = 10;
    private const int MostPairs = 6;
    private const int MostCodes = 5;

    private static readonly Dictionary<string, IReadOnlyList<string>> s_none = [];
    private static readonly string[] s_keyEndings = ["id", "key", "number", "no", "nr", "code"];
    private static readonly string[] s_scoreEndings = ["score", "pd", "probability", "prediction"];

    /// <summary>Whether there are too few rows to tell a range or a list of values from them.</summary>
    public bool IsTooSmall => Rows < Few;

    /// <summary>Finds them.</summary>
    /// <param name="profile">The profile of the file.</param>
    /// <param name="scan">Reads the file again, with a key and with codes in columns.</param>
    /// <param name="today">A date after it is not when data was taken.</param>
    public static ModelTraits Of(
        Profile profile,
        Func<IReadOnlyList<string>, IReadOnlyDictionary<string, IReadOnlyList<string>>, CsvScan> scan,
        DateOnly today)
    {
        var asOf = profile.Columns.Where(column => IsAsOf(column, profile.Rows, today))
            .Select(column => column.Name).ToHashSet();
        var key = Keys(profile).FirstOrDefault(columns => scan(columns, s_none) is { Key.Count: 0 }) ?? [];
        var (suspected, rest) = (new Dictionary<string, IReadOnlyList<string>>(), profile);
        for (var round = 0; round < MostCodes && AddSuspected(suspected, rest, key); round++)
            rest = scan([], suspected).Profile;
        var codes = rest.Columns.Where(column => AreCodes(suspected, column))
            .ToDictionary(column => column.Name, column => column.Bins!.Special!);
        var score = profile.Columns.FirstOrDefault(column =>
            column.Type is ColumnType.Integer or ColumnType.Number or ColumnType.Decimal
            && EndsWith(column.Name, s_scoreEndings) && !key.Contains(column.Name))?.Name;
        var columns = profile.Columns.Zip(rest.Columns, (all, without) => codes.ContainsKey(all.Name) ? without : all);
        return new ModelTraits(profile.Rows, [.. columns], key, asOf, score, codes);
    }

    // One column, as few as possible; else one that is named like a key, with a date.
    private static IEnumerable<IReadOnlyList<string>> Keys(Profile profile)
    {
        var whole = profile.Columns.Where(column => column.Nulls == 0 && column.Count > 1).ToList();
        var single = whole.Where(column => column.Type is ColumnType.String or ColumnType.Integer
            && (column.Distinct == profile.Rows || !column.DistinctExact));
        foreach (var column in single.OrderByDescending(column => EndsWith(column.Name, s_keyEndings)))
            yield return [column.Name];
        var pairs = from column in whole
                    where column.Type is ColumnType.String or ColumnType.Integer
                        && EndsWith(column.Name, s_keyEndings)
                    from date in whole
                    where date.Type is ColumnType.Date or ColumnType.Timestamp && date.Distinct > 1
                    select (string[])[column.Name, date.Name];
        foreach (var pair in pairs.Take(MostPairs))
            yield return pair;
    }

    private static bool IsAsOf(ColumnProfile column, long rows, DateOnly today) =>
        column is { Type: ColumnType.Date or ColumnType.Timestamp, Distinct: 1, Nulls: 0, Min.Length: >= 10 }
        && rows > 1
        && DateOnly.TryParseExact(column.Min[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out var date)
        && date <= today;

    // A code may hide another one, as -999 does -998.
    private static bool AddSuspected(
        Dictionary<string, IReadOnlyList<string>> suspected, Profile profile, IReadOnlyList<string> key)
    {
        var found = profile.Columns.Where(column => !key.Contains(column.Name))
            .Select(column => (column.Name, Code: Suspected(column))).Where(pair => pair.Code is not null).ToList();
        foreach (var (name, code) in found)
            suspected[name] = [.. suspected.GetValueOrDefault(name) ?? [], code!];
        return found.Count > 0;
    }

    // The least or greatest of its values, written as codes are: -1, -999, 9998.
    private static string? Suspected(ColumnProfile column) =>
        column.Type is ColumnType.Integer or ColumnType.Number or ColumnType.Decimal && column.Distinct > 1
            ? new[] { column.Min, column.Max }.FirstOrDefault(value => value is not null && IsCode(value)) : null;

    private static bool IsCode(string value)
    {
        var digits = value.TrimStart('-');
        if (digits.EndsWith(".0", StringComparison.Ordinal))
            digits = digits[..^2];
        return value[0] == '-' && digits.Length == 1
            || digits.Length > 1 && digits[..^1].All(digit => digit == '9') && digits[^1] is >= '5' and <= '9';
    }

    // In several rows each; and negative where all others are not, or further from all others than they are from each
    // other.
    private static bool AreCodes(Dictionary<string, IReadOnlyList<string>> suspected, ColumnProfile rest) =>
        suspected.ContainsKey(rest.Name) && rest.Bins?.Special is { } codes
        && codes.All(code => code.Count > 1 && IsApart(code.Value, rest));

    private static bool IsApart(string code, ColumnProfile rest) =>
        Number(rest.Min) is { } least && Number(rest.Max) is { } greatest && Number(code) is { } value
        && (value < 0 && least >= 0 || Math.Max(least - value, value - greatest) > greatest - least);

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    private static bool EndsWith(string name, string[] endings) =>
        endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
