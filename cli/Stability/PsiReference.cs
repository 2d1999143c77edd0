using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Data.Stability;

namespace Benchmark.Cli.Stability;

/// <summary>What data is compared with: a published model with its frozen bins, or a CSV file.</summary>
/// <param name="Profile">Its columns and bins.</param>
/// <param name="Model">Its definition, with limits and key; null for a file and for a model that is not in the
/// registry.</param>
/// <param name="Remarks">Remarks for the reader of the result.</param>
internal sealed record PsiReference(Profile Profile, ModelDefinition? Model, IReadOnlyList<string> Remarks)
{
    private const int DefaultBins = 10;

    // The registry's default limits, for a reference that is not in a registry.
    private static readonly DriftLimits s_defaultLimits = new() { Bins = DefaultBins, Warn = 0.10, Fail = 0.25 };

    /// <summary>Why a column is not compared; null when it is.</summary>
    public string? WhyNot(string column) =>
        Model is null ? null
        : Model.Key.Contains(column) ? $"{column} (key)"
        : Rule(column) is { Drift: null } ? $"{column} (drift: off)"
        : null;

    /// <summary>The limits of a column.</summary>
    public DriftLimits Limits(string column) => Rule(column)?.Drift ?? Model?.Drift ?? s_defaultLimits;

    /// <summary>Opens a file if there is one of that name, otherwise a published model.</summary>
    /// <exception cref="UsageException">It is neither, or bins were given for a published model.</exception>
    /// <exception cref="InfrastructureException">The published version has no profile.</exception>
    public static PsiReference Open(Invocation invocation, string name, int? bins, CancellationToken ct)
    {
        if (File.Exists(name))
        {
            var file = CsvComparison.ProfileOf(name, bins ?? DefaultBins, ct);
            return new PsiReference(file.Profile, Model: null, file.Remarks);
        }
        if (name.Split('/') is not [var valueStream, var model]
            || !SafeName.IsValid(valueStream) || !SafeName.IsValid(model))
            throw new UsageException(
                $"There is no file {name}, and it is not a model, which is named value_stream/model.");

        var paths = invocation.Volume.Model(valueStream, model);
        if (PublishedVersions.Latest(paths) is not { } version)
            throw new UsageException(
                $"There is no file {name}, and no published model of that name on the volume {invocation.Volume.Root}. "
                + "See: benchmark models. The volume is named with --root (BENCHMARK_ROOT).");
        if (bins is not null)
            throw new UsageException(
                $"The bins of {name} are frozen in its profile.json: --bins is for a reference that is a file.");
        if (!File.Exists(paths.Version(version).Profile))
            throw new InfrastructureException(
                $"{name} is served without its bins: {paths.Version(version).Profile} is missing. Restore it from "
                + "a backup,"
                + $" or compare with the data itself: {paths.Version(version).Data}");
        var profile = VolumeJson.Read<Profile>(paths.Version(version).Profile);
        return new PsiReference(profile, Definition(invocation, valueStream, model), [.. Estimates(profile)]);
    }

    // A bin is bounded by two ranks, and each of them may be off.
    private static IEnumerable<string> Estimates(Profile profile) =>
        from column in profile.Columns
        where column.RankError is not null
        select string.Create(
            CultureInfo.InvariantCulture,
            $"Column {column.Name}: the benchmark's bins are from a sketch. The share of one may be off by "
            + $"{2 * column.RankError}.");

    private ColumnRule? Rule(string column) => Model?.Columns.FirstOrDefault(rule => rule.Name == column);

    // A data scientist may have the volume without the registry.
    private static ModelDefinition? Definition(Invocation invocation, string valueStream, string model) =>
        Path.Exists(invocation.RegistryPath) ? RegistryFile.Read(invocation).Find(valueStream, model) : null;
}
