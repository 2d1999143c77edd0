using System.Globalization;
using System.Text.RegularExpressions;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Cli.Init;

/// <summary>
/// Settings that the values of delimited text suggest once they were read: numbers and dates that DuckDB takes for
/// text, for less than they are, or in a way that next month's file may change.
/// </summary>
internal static partial class CsvValues
{
    // A floating-point number is written with 17 at most.
    private const int MostDigits = 17;

    // Of DuckDB's HUGEINT and DECIMAL.
    private const int MostExact = 38;

    /// <summary>What may be tried.</summary>
    public static IEnumerable<Suggestion> Suggested(FileReading reading, IReadOnlyList<ColumnProfile> columns)
    {
        if (Marks(columns, reading.Head!.Delimiter) is { } marks)
            yield return marks;
        if (Long(reading, columns) is { } digits)
            yield return digits;
        if (Dates(reading, columns, ColumnType.Date, "dateformat") is { } dates)
            yield return dates;
        if (Dates(reading, columns, ColumnType.Timestamp, "timestampformat") is { } times)
            yield return times;
    }

    // A comma is either; in a file with commas between its fields it is rather between thousands.
    private static Suggestion? Marks(IReadOnlyList<ColumnProfile> columns, char delimiter)
    {
        var texts = columns.Where(column => column.Type == ColumnType.String && column.Top.Count > 0).ToList();
        var points = Named(texts, ThousandsByPoint(), '.');
        var decimals = Named(texts, DecimalComma(), ',');
        var commas = Named(texts, ThousandsByComma(), ',');
        if (commas.Count > 0 && (delimiter == ',' || points.Count + decimals.Count == 0))
            return Numbers("thousands = ','", "commas between thousands", commas);
        if (points.Count > 0)
            return Numbers(
                "decimal_separator = ',', thousands = '.'", "a decimal comma, and points between thousands",
                [.. points.Union(decimals)]);
        return decimals.Count > 0 ? Numbers("decimal_separator = ','", "a decimal comma", decimals) : null;
    }

    private static Suggestion Numbers(string option, string why, HashSet<string> columns) => new(
        new Setting(option, $"{Words(columns)}: {why}."), columns,
        [ColumnType.Integer, ColumnType.Number, ColumnType.Decimal]);

    // All of a column that may have such a mark; none when no value has it.
    private static HashSet<string> Named(IEnumerable<ColumnProfile> texts, Regex form, char mark) =>
    [
        .. texts.Where(column => column.Top.All(value => form.IsMatch(value.Value) || Digits().IsMatch(value.Value))
            && column.Top.Any(value => value.Value.Contains(mark))).Select(column => column.Name),
    ];

    private static Suggestion? Long(FileReading reading, IReadOnlyList<ColumnProfile> columns)
    {
        var types = columns.Where(column => column.Type == ColumnType.Number)
            .Select(column => (column.Name, Type: ExactType(Samples(reading, columns, column))))
            .Where(column => column.Type is not null).ToList();
        var names = types.Select(column => column.Name).ToHashSet();
        return types is [] ? null : new Suggestion(
            new Setting(
                $"types = {{{string.Join(", ", types.Select(one => $"{SqlText.Literal(one.Name)}: '{one.Type}'"))}}}",
                $"{Words(names)}: more digits than the floating-point number that DuckDB would make of them."),
            names, [ColumnType.Integer, ColumnType.Decimal, ColumnType.String]);
    }

    // The type that keeps all digits; null where a floating-point number does, as far as the first rows tell.
    private static string? ExactType(IReadOnlyList<string> samples)
    {
        if (!samples.All(text => Plain().IsMatch(text))
            || samples.All(text => text.Count(char.IsAsciiDigit) <= MostDigits))
            return null;
        var parts = samples.Select(text => text.TrimStart('-', '+').Split('.')).ToList();
        var whole = parts.Max(part => part[0].Length);
        var scale = parts.Max(part => part.Length > 1 ? part[1].Length : 0);
        return whole + scale > MostExact ? "VARCHAR" : scale == 0 ? "HUGEINT" : $"DECIMAL({MostExact},{scale})";
    }

    private static Suggestion? Dates(
        FileReading reading, IReadOnlyList<ColumnProfile> columns, ColumnType type, string option)
    {
        var dates = columns.Where(column => column.Type == type || column.Type == ColumnType.String)
            .Select(column => (column.Name, Forms: Samples(reading, columns, column)
                .Select(text => DayOrMonthFirst().Match(text)).ToList()))
            .Where(column => column.Forms.Count > 0 && column.Forms.All(form =>
                form.Success && form.Groups["time"].Success == (type == ColumnType.Timestamp))).ToList();
        if (dates is [])
            return null;
        var forms = dates.SelectMany(column => column.Forms).ToList();
        var (mark, time) = (forms[0].Groups["mark"].Value, forms[0].Groups["time"].Length switch
        {
            0 => "",
            < 7 => " %H:%M",
            _ => " %H:%M:%S",
        });
        var year = $"{mark}{(forms[0].Groups["year"].Length == 2 ? "%y" : "%Y")}{time}";
        var (dayFirst, monthFirst) = ($"%d{mark}%m{year}", $"%m{mark}%d{year}");
        var isMonthFirst = forms.Any(form => Number(form, "second") > 12);
        var why = isMonthFirst || forms.Any(form => Number(form, "first") > 12) ? "."
            : $", of which no row tells whether the day or the month is first. Write '{monthFirst}' if the month is.";
        var names = dates.Select(column => column.Name).ToHashSet();
        return new Suggestion(
            new Setting(
                $"{option} = '{(isMonthFirst ? monthFirst : dayFirst)}'",
                $"{Words(names)}: dates such as {forms[0].Value}{why}"),
            names, [type]);
    }

    private static List<string> Samples(
        FileReading reading, IReadOnlyList<ColumnProfile> columns, ColumnProfile column)
    {
        var ordinal = columns.ToList().IndexOf(column);
        return reading.Head!.First.Count != columns.Count ? []
            : [.. reading.Head.Sample.Where(row => row.Count == columns.Count).Select(row => row[ordinal].Trim())
                .Where(text => text.Length > 0)];
    }

    private static int Number(Match form, string group) =>
        int.Parse(form.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string Words(IEnumerable<string> columns) =>
        string.Join(", ", columns.Select(column => $"'{column}'"));

    [GeneratedRegex(@"\A[+-]?\d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\A[+-]?\d+(\.\d+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A[+-]?\d+,\d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"\A[+-]?([1-9]\d{0,2}(\.\d{3})+(,\d+)?|\d{1,3},\d+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex ThousandsByPoint();

    [GeneratedRegex(@"\A[+-]?([1-9]\d{0,2}(,\d{3})+(\.\d+)?|\d{1,3}\.\d+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex ThousandsByComma();

    // With hyphens, two digits in front are rather a year.
    [GeneratedRegex(
        @"\A(?<first>\d{1,2})((?<mark>[./])(?<second>\d{1,2})[./](?<year>\d{4}|\d\d)|(?<mark>-)(?<second>\d{1,2})-"
        + @"(?<year>\d{4}))(?<time> \d{1,2}:\d\d(:\d\d)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DayOrMonthFirst();
}

/// <summary>A setting to try.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Columns">The columns that it is for.</param>
/// <param name="Types">What they are to be of then.</param>
internal sealed record Suggestion(
    Setting Setting, IReadOnlySet<string> Columns, IReadOnlyList<ColumnType> Types)
{
    /// <summary>Whether reading the file again has made those columns so, and changed no other.</summary>
    public bool HasHelped(IReadOnlyList<ColumnProfile> before, IReadOnlyList<ColumnProfile> after) =>
        before.Count == after.Count && before.Zip(after).All(pair => Columns.Contains(pair.First.Name)
            ? Types.Contains(pair.Second.Type)
            : (pair.First.Type, pair.First.Count, pair.First.Min, pair.First.Max)
                == (pair.Second.Type, pair.Second.Count, pair.Second.Min, pair.Second.Max));
}
