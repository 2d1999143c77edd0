using System.Globalization;

namespace Benchmark.Data.Stability;

/// <summary>Names of a column's bins for people to look at: edges in six digits.</summary>
public static class BinLabels
{
    private const double LeastPlain = 1e-4;

    /// <summary>
    /// The names, with <c>(0.2033398, 0.41178]</c> as <c>(0.20334, 0.41178]</c>; as they are where two bins would get
    /// one name. What a program reads keeps every digit.
    /// </summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> bins)
    {
        string[] labels = [.. bins.Select(Short)];
        return labels.Distinct().Count() == bins.Distinct().Count() ? labels : bins;
    }

    /// <summary>The number in six digits; whole digits are never rounded away.</summary>
    public static string Number(double number) => Math.Abs(number) switch
    {
        >= 1e15 or > 0 and < LeastPlain => number.ToString("G6", CultureInfo.InvariantCulture),
        var size => Math.Round(number, Math.Clamp(5 - (size > 0 ? (int)Math.Floor(Math.Log10(size)) : 0), 0, 15))
            .ToString("0.##########", CultureInfo.InvariantCulture),
    };

    // A category that looks like an interval of numbers is no more harmed than by being one.
    private static string Short(string bin)
    {
        if (bin is not (['(' or '[', ..] and [.., ')' or ']']) || bin[1..^1].Split(", ") is not [var from, var to]
            || !IsEnd(from) || !IsEnd(to))
            return bin;
        return $"{bin[0]}{End(from)}, {End(to)}{bin[^1]}";
    }

    private static bool IsEnd(string text) => text is "∞" or "-∞" || TryNumber(text, out _);

    private static string End(string text) => TryNumber(text, out var number) ? Number(number) : text;

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
