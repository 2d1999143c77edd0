using Benchmark.Cli.Stability;
using Benchmark.Contracts.Registry;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Data.Stability;

namespace Benchmark.Cli.Versions.Differences;

/// <summary>How two files of one model differ.</summary>
internal sealed record Difference
{
    // As the Validator has by default.
    private const long Memory = 256L << 20;

    public required DiffSide First { get; init; }

    public required DiffSide Second { get; init; }

    /// <summary>Whether both have the same bytes.</summary>
    public bool IsIdentical => First.Sha256 is { } sha256 && sha256 == Second.Sha256;

    public required SchemaDifference Schema { get; init; }

    /// <summary>The keys; null where the model has none that both have.</summary>
    public KeyDifference? Keys { get; init; }

    /// <summary>The columns that both have, those that moved furthest first.</summary>
    public required IReadOnlyList<ColumnDifference> Columns { get; init; }

    /// <summary>Compares two sides. Reads the second twice, and the first once or twice.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="model">The model; says which columns are compared, and by which limits.</param>
    /// <param name="key">The columns that name a row; empty for no comparison of rows.</param>
    /// <param name="withValues">Whether samples have the values that changed.</param>
    /// <param name="ct">Cancels the reading.</param>
    public static Difference Of(
        DiffSide first, DiffSide second, ModelDefinition model, IReadOnlyList<string> key, bool withValues,
        CancellationToken ct)
    {
        var (before, after) = (ProfileOf(first, second, ct), ProfileOf(second, first, ct));
        using var comparison = key.Count == 0 ? null : new KeyComparison(first, second, key);
        return new Difference
        {
            First = first,
            Second = second,
            Schema = SchemaDifference.Of(Facts(before), Facts(after)),
            Keys = comparison?.Compare(withValues, ct),
            Columns = ColumnsOf(before, after, second.Data, model, ct),
        };
    }

    private static IReadOnlyList<ColumnDifference> ColumnsOf(
        Profile before, Profile after, string data, ModelDefinition model, CancellationToken ct)
    {
        var reference = new PsiReference(model.Name.ToString(), before, model, file: null);
        var stabilities = CsvComparison.Of(before, after, data, ct, Memory).Columns
            .Where(column => reference.WhyNot(column.Reference.Name) is null)
            .Select(column => reference.Limits(column.Reference.Name) is var limits
                ? column.Judge(limits.Warn, limits.Fail, PsiConvention.Benchmark) : null)
            .OfType<ColumnStability>().ToDictionary(stability => stability.Column);
        var now = after.Columns.ToDictionary(column => column.Name);
        return
        [
            .. before.Columns.Where(column => now.ContainsKey(column.Name))
                .Select(column => ColumnDifference.Of(
                    column, now[column.Name], reference.Index(column.Name),
                    stabilities.GetValueOrDefault(column.Name), reference.WhyNot(column.Name)))
                .OrderByDescending(column => column.Band).ThenByDescending(column => column.Psi),
        ];
    }

    // A file has none: its columns are taken for what they are on the other side, or else look like.
    private static Profile ProfileOf(DiffSide side, DiffSide other, CancellationToken ct)
    {
        if (side.Profile is { } known)
            return known;
        var types = other.Profile?.Columns.ToDictionary(column => column.Name, column => column.Type) ?? [];
        var scan = CsvScan.Of(
            side.Data,
            name => new ColumnPlan
            {
                Name = name,
                Type = types.GetValueOrDefault(name, side.Types[name]),
                Bins = BinChoice.DefaultBins,
            },
            key: [], Memory, ct);
        return scan.Readable ? scan.Profile : throw new UnreadableCsvException(side.Name, scan);
    }

    private static IReadOnlyList<ColumnFacts> Facts(Profile profile) =>
        [.. profile.Columns.Select(column =>
            new ColumnFacts { Name = column.Name, Type = column.Type, Nulls = column.Nulls })];
}
