using Benchmark.Cli.Stability.Foreign;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Data.Stability;

namespace Benchmark.Cli.Stability;

/// <summary>Compares a file with a reference, column by column, in the reference's frozen bins.</summary>
internal sealed record CsvComparison
{
    /// <summary>Rows of the file, without the header.</summary>
    public required long Rows { get; init; }

    /// <summary>The columns that are compared, in the reference's order.</summary>
    public required IReadOnlyList<ColumnComparison> Columns { get; init; }

    /// <summary>Profiles a file, from which the bins are taken. Reads it once.</summary>
    /// <param name="reading">The file and how its columns are read.</param>
    /// <param name="bins">Quantile bins of a numeric column.</param>
    /// <param name="rules">The bins of a column that are not taken from the data alone; null when all are.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="UnusableBinsException">A column cannot have the bins of its rules.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Profile ProfileOf(
        ForeignReading reading, int bins, Func<ColumnReading, BinRules?> rules, CancellationToken ct)
    {
        var scan = reading.Scan(
            column => new ColumnPlan
            {
                Name = column.Name,
                Type = column.Type,
                Bins = bins,
                BinRules = rules(column),
            },
            ct);
        var compared = reading.Columns.Where(column => column.WhyNot is null).Select(column => column.Name).ToHashSet();
        foreach (var column in scan.Columns.Where(column => compared.Contains(column.Plan.Name)))
        {
            if (column.BinsProblem is { } problem)
                throw new UnusableBinsException(column.Plan.Name, problem);
        }
        return scan.Profile;
    }

    /// <summary>Reads a file once and counts its rows in the bins of the reference.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvComparison Of(Profile reference, ForeignReading current, CancellationToken ct)
    {
        var before = reference.Columns.ToDictionary(column => column.Name);
        var scan = current.Scan(column => Against(before[column.Name], column.Type), ct);
        var compared = current.Columns.Where(column => column.WhyNot is null).Select(column => column.Name).ToHashSet();
        return Of(reference, scan, compared.Contains);
    }

    /// <summary>Reads a published version once and counts its rows in the bins of another.</summary>
    /// <param name="reference">The other version's profile.</param>
    /// <param name="own">Its own profile, which knows its types.</param>
    /// <param name="path">Its file.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <param name="memory">Bytes that its values may take; its rows in the bins are exact with any.</param>
    /// <exception cref="UnreadableCsvException">It cannot be read as CSV; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvComparison Of(
        Profile reference, Profile own, string path, CancellationToken ct, long memory = long.MaxValue)
    {
        var before = reference.Columns.ToDictionary(column => column.Name);
        var types = own.Columns.ToDictionary(column => column.Name, column => column.Type);
        var scan = CsvScan.Of(
            path,
            name => before.TryGetValue(name, out var column)
                ? Against(column, types.GetValueOrDefault(name, column.Type))
                : null,
            key: [], memory, ct);
        return scan.Readable ? Of(reference, scan, _ => true) : throw new UnreadableCsvException(path, scan);
    }

    private static ColumnPlan Against(ColumnProfile reference, ColumnType type) => new()
    {
        Name = reference.Name,
        Type = type,
        Bins = (reference.Bins?.Counts.Count ?? 0) + 1,
        Against = reference,
    };

    private static CsvComparison Of(Profile reference, CsvScan scan, Func<string, bool> isCompared)
    {
        var compared = scan.Columns.Select(column => column.Against).OfType<ColumnComparison>()
            .ToDictionary(column => column.Reference.Name);
        return new CsvComparison
        {
            Rows = scan.Rows,
            Columns = [.. reference.Columns.Where(column => isCompared(column.Name))
                .Select(column => compared.GetValueOrDefault(column.Name)).OfType<ColumnComparison>()],
        };
    }
}

/// <summary>A column cannot have the bins that people chose for it.</summary>
/// <param name="column">Its name.</param>
/// <param name="problem">Why not, as the middle of a sentence.</param>
internal sealed class UnusableBinsException(string column, string problem) : Exception($"Column {column}: {problem}.")
{
    /// <summary>The column's name.</summary>
    public string Column => column;
}
