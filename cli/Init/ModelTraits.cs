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
    string? Score, IReadOnlyDictionary<string, ValueCount> Codes)
{
    private const int MostPairs = 6;

    private static readonly Dictionary<string, ValueCount> s_none = [];
    private static readonly string[] s_keyEndings = ["id", "key", "number", "no", "nr", "code"];
    private static readonly string[] s_scoreEndings = ["score", "pd", "probability", "prediction"];

    /// <summary>Finds them.</summary>
    /// <param name="profile">The profile of the file.</param>
    /// <param name="scan">Reads the file again, with a key and with codes in columns.</param>
    /// <param name="today">A date after it is not when data was taken.</param>
    public static ModelTraits Of(
        Profile profile, Func<IReadOnlyList<string>, IReadOnlyDictionary<string, ValueCount>, CsvScan> scan,
        DateOnly today)
    {
        var asOf = profile.Columns.Where(column => IsAsOf(column, profile.Rows, today))
            .Select(column => column.Name).ToHashSet();
        var key = Keys(profile).FirstOrDefault(columns => scan(columns, s_none) is { Key.Count: 0 }) ?? [];
        var suspected = profile.Columns.Where(column => !key.Contains(column.Name))
            .Select(column => (column.Name, Code: Suspected(column)))
            .Where(pair => pair.Code is not null).ToDictionary(pair => pair.Name, pair => pair.Code!);
        var rest = suspected.Count == 0 ? profile : scan([], suspected).Profile;
        var codes = ApartFromTheRest(suspected, rest);
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

    // The least or greatest of its values, in several rows, and written as codes are: -1, -999, 9999.
    private static ValueCount? Suspected(ColumnProfile column) =>
        column.Type is ColumnType.Integer or ColumnType.Number or ColumnType.Decimal && column.Distinct > 2
            ? column.Top.FirstOrDefault(value =>
                value.Count > 1 && (value.Value == column.Min || value.Value == column.Max) && IsCode(value.Value))
            : null;

    private static bool IsCode(string value)
    {
        var digits = value.TrimStart('-');
        if (digits.EndsWith(".0", StringComparison.Ordinal))
            digits = digits[..^2];
        return digits.All(digit => digit == '9') && digits.Length >= (value[0] == '-' ? 1 : 2)
            || value is "-1" or "-1.0";
    }

    // The one negative number, or one further from all others than they are from each other.
    private static Dictionary<string, ValueCount> ApartFromTheRest(
        Dictionary<string, ValueCount> suspected, Profile rest)
    {
        var apart = new Dictionary<string, ValueCount>();
        foreach (var column in rest.Columns.Where(column => suspected.ContainsKey(column.Name)))
        {
            var code = suspected[column.Name];
            if (Number(column.Min) is { } least && Number(column.Max) is { } greatest
                && Number(code.Value) is { } value
                && (value < 0 && least >= 0 || Math.Max(least - value, value - greatest) > greatest - least))
                apart.Add(column.Name, code);
        }
        return apart;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    private static bool EndsWith(string name, string[] endings) =>
        endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
