using System.Globalization;

namespace Benchmark.Notifier.Pages.Charts;

/// <summary>Writes lengths in pixels: a tenth is finer than eyes.</summary>
internal static class Pixel
{
    public static string Of(double pixel) => pixel.ToString("0.#", CultureInfo.InvariantCulture);
}
