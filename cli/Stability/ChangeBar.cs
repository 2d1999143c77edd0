using System.Globalization;

namespace Benchmark.Cli.Stability;

/// <summary>Changes of a share as bars of one scale: to the left it has shrunk, to the right it has grown.</summary>
internal sealed class ChangeBar
{
    private const int Side = 7;

    private readonly double _end;

    /// <param name="changes">The changes of all the bars.</param>
    public ChangeBar(IEnumerable<double> changes)
    {
        double[] steps = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1];
        var greatest = changes.Select(Math.Abs).DefaultIfEmpty().Max();
        _end = steps.FirstOrDefault(step => step >= greatest, 1);
    }

    /// <summary>What the bars mean: <c>-20 % 0 +20 %</c>.</summary>
    public string Scale => string.Create(CultureInfo.InvariantCulture, $"-{_end:0 %} 0 +{_end:0 %}");

    public string Of(double change)
    {
        var filled = new string('█', (int)Math.Round(Math.Abs(change) / _end * Side));
        return change < 0 ? $"{filled.PadLeft(Side)}│{"",Side}" : $"{"",Side}│{filled.PadRight(Side)}";
    }
}
