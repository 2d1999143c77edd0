using System.Globalization;

namespace Benchmark.Notifier.Pages.Charts;

/// <summary>An axis from zero, with round ticks.</summary>
internal sealed class Axis
{
    // Beyond it, the next round number could be infinite.
    private const double Most = 1e300;

    private readonly double _from;
    private readonly double _to;
    private readonly double _step;

    private Axis(double step, int steps, double from, double to)
    {
        (_step, _from, _to) = (step, from, to);
        Ticks = [.. Enumerable.Range(0, steps + 1).Select(i => i * step)];
    }

    /// <summary>The values that are written at it, from 0 to the greatest it shows.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The greatest value it shows.</summary>
    public double Max => Ticks[^1];

    /// <summary>An axis that shows all of the values that are numbers.</summary>
    /// <param name="values">The values; those that are negative or not finite are not considered.</param>
    /// <param name="from">The pixel of 0.</param>
    /// <param name="to">The pixel of the greatest value.</param>
    /// <param name="ticks">About how many steps.</param>
    public static Axis Over(IEnumerable<double> values, double from, double to, int ticks = 4)
    {
        var max = values.Where(double.IsFinite).Append(0).Max();
        if (max <= 0)
            return new Axis(1, 1, from, to);
        max = Math.Clamp(max, 1 / Most, Most);
        var step = Round(max / ticks);
        // A last digit of the division must not add a step.
        return new Axis(step, Math.Max(1, (int)Math.Ceiling(max / step - 1e-9)), from, to);
    }

    /// <summary>The pixel of a value; at the end of the axis where it lies beyond.</summary>
    public double At(double value) => _from + (_to - _from) * Math.Clamp(value / Max, 0, 1);

    /// <summary>A tick in as many digits as tell it from the next.</summary>
    public string Number(double tick) => Compact(tick, _step);

    /// <summary>A tick that is a share, in per cent.</summary>
    public string Share(double tick) => $"{Compact(tick * 100, _step * 100)} %";

    private static string Compact(double value, double step)
    {
        var (unit, word) = value switch
        {
            >= 1e15 => (0, ""),
            >= 1e9 => (1e9, "G"),
            >= 1e6 => (1e6, "M"),
            >= 1e4 => (1e3, "k"),
            _ => (1.0, ""),
        };
        if (unit == 0 || step < 1e-6)
            return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        var digits = Math.Clamp(Digits(step / unit), 0, 8);
        return (value / unit).ToString(digits == 0 ? "0" : $"0.{new string('#', digits)}", CultureInfo.InvariantCulture)
            + word;
    }

    // One more for a step of 2.5.
    private static int Digits(double step) => step >= 1 && step == Math.Floor(step)
        ? 0 : -(int)Math.Floor(Math.Log10(step)) + (step.ToString("e1", CultureInfo.InvariantCulture)[2] == '5'
            && step.ToString("e1", CultureInfo.InvariantCulture)[0] == '2' ? 1 : 0);

    // The least of 1, 2, 2.5 and 5 times a power of ten that is no smaller.
    private static double Round(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        var factor = (step / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 2.5 => 2.5,
            <= 5 => 5,
            _ => 10,
        };
        return factor * power;
    }
}
