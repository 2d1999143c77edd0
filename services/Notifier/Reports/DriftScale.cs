using System.Globalization;
using System.Text;

namespace Benchmark.Notifier.Reports;

/// <summary>
/// The scale that all bars of a report share, from 0 to <see cref="Full"/>: equal lengths mean equal drift. It goes by
/// the square root, so that neither the limits nor what is far above them is squeezed to nothing.
/// </summary>
/// <param name="Full">The PSI of a bar of full length; a greater one fills it, and the number is beside it.</param>
public sealed record DriftScale(double Full)
{
    private static readonly double[] s_steps = [0.5, 1, 2, 3, 5, 10];

    /// <summary>The least scale of round numbers that has all of these values, up to 10.</summary>
    public static DriftScale Of(IEnumerable<double> values)
    {
        var greatest = values.Where(double.IsFinite).DefaultIfEmpty().Max();
        return new DriftScale(s_steps.FirstOrDefault(step => step >= greatest, s_steps[^1]));
    }

    /// <summary>Where on a bar of that length a value lies, from 0 to the length.</summary>
    public int At(double value, int length) =>
        double.IsNaN(value) ? 0 : (int)Math.Round(Math.Sqrt(Math.Clamp(value / Full, 0, 1)) * length);

    /// <summary>The value half way along a bar.</summary>
    public double Middle => Full / 4;

    /// <summary>The bar in characters, with a line at each limit: <c>███│██│█░░░</c></summary>
    public string InCharacters(double value, DriftMarks marks, int length)
    {
        var bar = new StringBuilder(length);
        var (filled, warn, fail) = (At(value, length), At(marks.Warn, length), At(marks.Fail, length));
        for (var i = 0; i < length; i++)
            bar.Append(i == warn || i == fail ? '│' : i < filled ? '█' : '░');
        return bar.ToString();
    }

    /// <summary>The pieces of a bar from left to right, for programs that draw only rectangles.</summary>
    public IEnumerable<BarPiece> Pieces(double value, DriftMarks marks, int length)
    {
        int[] lines = [.. new[] { At(marks.Warn, length), At(marks.Fail, length) }
            .Where(line => line > 0 && line < length - 1).Distinct().Order()];
        var filled = At(value, length);
        int[] ends = [.. lines.Append(filled).Append(length).Distinct().Order()];
        var from = 0;
        foreach (var end in ends)
        {
            if (end > from)
                yield return new BarPiece(end - from, end <= filled ? BarKind.Filled : BarKind.Empty);
            from = Math.Max(from, end);
            if (!lines.Contains(end))
                continue;
            yield return new BarPiece(1, BarKind.Limit);
            from = end + 1;
        }
    }

    /// <summary>A value on the scale: <c>0.5</c>, <c>2</c>.</summary>
    public static string Label(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The scale in words: <c>0 to 2, half way is 0.5</c>.</summary>
    public override string ToString() => $"0 to {Label(Full)}, half way is {Label(Middle)}";
}

/// <summary>The limits that a bar shows as lines.</summary>
/// <param name="Warn">The PSI from which a column has shifted.</param>
/// <param name="Fail">The PSI from which it has moved.</param>
public sealed record DriftMarks(double Warn, double Fail)
{
    /// <summary>The limits that hold where the registry sets none.</summary>
    public static DriftMarks Default { get; } = new(0.10, 0.25);
}

/// <summary>A piece of a bar.</summary>
/// <param name="Length">How long it is.</param>
/// <param name="Kind">What it shows.</param>
public sealed record BarPiece(int Length, BarKind Kind);

/// <summary>What a piece of a bar shows.</summary>
public enum BarKind
{
    /// <summary>Up to the value.</summary>
    Filled,

    /// <summary>From the value to the end of the scale.</summary>
    Empty,

    /// <summary>A limit.</summary>
    Limit,
}
