using System.Globalization;
using Benchmark.Data;
using Benchmark.Notifier.Pages.Charts;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>What the charts of a model say in figures and words.</summary>
internal static class Figures
{
    public static IReadOnlyList<Moment> Moments(IEnumerable<ModelMoment> moments) =>
        [.. moments.Select(moment => new Moment(
            moment.Name, moment.Version is { } version ? $"v{version}" : "rejected", moment.At))];

    public static string Share(double? share) => share?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>What a chart of a column shows at its end, for those who do not see it.</summary>
    public static string InWords(ColumnHistory column, ModelMoment newest)
    {
        var last = column.Last;
        var now = last is { Psi: { } psi, Band: { } band }
            ? $"{Say.Psi(psi)}, {band.Word()}, in {newest.Name}" : $"not compared in {newest.Name}";
        var since = last.SinceAnchor is { } anchor ? $"; {Say.Psi(anchor)} since version {newest.AnchorVersion}" : "";
        var greatest = column.Moments.Max(moment => moment.Psi) is { } most
            ? $". Greatest of {column.Moments.Count}: {Say.Psi(most)}" : "";
        return $"{now}{since}{greatest}.";
    }
}
