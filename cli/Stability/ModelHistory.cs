using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;

namespace Benchmark.Cli.Stability;

/// <summary><c>benchmark psi value_stream/model --history</c>: the versions of a model, one after the other.</summary>
internal static class ModelHistory
{
    public static int Run(Invocation invocation, string name, CancellationToken ct)
    {
        if (PsiOptions.OfFiles(invocation) is { Count: > 0 } ignored)
            throw new UsageException(
                $"--history compares versions, whose types and bins are frozen in their profile.json: leave out "
                + $"{string.Join(", ", ignored)}.");
        var paths = PublishedModel.Paths(invocation, name);
        var versions = PublishedVersions.All(paths);
        if (versions.Count == 0)
            throw PublishedModel.NotPublished(invocation, name);
        var definition = PublishedModel.Definition(invocation, name);
        var first = definition?.DriftAnchor is { } anchor && versions.Contains(anchor) ? anchor : versions[0];
        var later = versions.Where(version => version != first).ToList();
        if (later.Count == 0)
            throw new UsageException($"{name} has one version: there is nothing to compare it with yet.");

        var convention = PsiOptions.Convention(invocation) ?? throw DriftOverTime.OneConvention();
        var reference = new PsiReference(name, PublishedModel.Profile(name, paths, first), definition, file: null);
        var (asked, known) = (PsiOptions.Columns(invocation), new HashSet<string>());
        var result = new DriftOverTime($"{name} version {first}", convention);
        foreach (var version in later)
        {
            // A version is in the dialect, and its profile knows its types: nothing has to be recognised.
            var comparison = CsvComparison.Of(
                reference.Profile!, PublishedModel.Profile(name, paths, version), paths.Version(version).Data, ct);
            known.UnionWith(comparison.Columns.Select(column => column.Reference.Name));
            var columns = comparison.Columns.Where(column => asked.Length > 0
                ? asked.Contains(column.Reference.Name) : reference.WhyNot(column.Reference.Name) is null);
            result.Add(
                $"version {version}", comparison.Rows,
                [.. columns.Select(column => Judge(column, reference.Limits(column.Reference.Name), convention))
                    .OfType<ColumnStability>()]);
        }
        if (asked.Except(known).ToList() is { Count: > 0 } unknown)
            throw new UsageException(
                $"There is no column {string.Join(", ", unknown)} to compare. Columns are {string.Join(", ", known)}.");
        if (result.IsEmpty)
            throw new UsageException(
                $"Nothing can be compared: version {first} and the later ones have no column in common that can be.");
        result.Show(invocation);
        return result.ExitCode;
    }

    private static ColumnStability? Judge(ColumnComparison column, DriftLimits limits, PsiConvention convention) =>
        column.Judge(limits.Warn, limits.Fail, convention);
}
