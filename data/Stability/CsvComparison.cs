using Benchmark.Data.Dialect;
using Benchmark.Data.Profiling;
using Benchmark.Data.Reading;
using Benchmark.Data.Scanning;

namespace Benchmark.Data.Stability;

/// <summary>Compares a CSV file with a reference, column by column, in the reference's frozen bins.</summary>
public sealed record CsvComparison
{
    /// <summary>Rows of the file, without the header.</summary>
    public required long Rows { get; init; }

    /// <summary>The columns that both have and that have bins, in the reference's order.</summary>
    public required IReadOnlyList<ColumnComparison> Columns { get; init; }

    /// <summary>
    /// Remarks on the result: columns that only one side has, values that are not of their type.
    /// </summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Profiles a file: infers its types and computes bins. Reads it twice.</summary>
    /// <param name="path">A CSV file with a header.</param>
    /// <param name="bins">Quantile bins of a numeric column.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="UnreadableCsvException">It cannot be read as CSV; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ProfiledCsv ProfileOf(string path, int bins, CancellationToken ct)
    {
        var types = InferredTypes.Of(path, ct);
        var scan = Scan(path, name => new ColumnPlan { Name = name, Type = types[name].Type, Bins = bins }, ct);
        // One text among a million numbers makes the column text, and most of its values then share a bin.
        var texts = types.Where(column => column.Value.Narrower is not null).Select(column =>
            $"In the reference, column {column.Key} is taken as text: line {column.Value.Line} holds no"
            + $" {column.Value.Narrower!.Value.Word()} ({Grammar.Of(column.Value.Narrower.Value).Example}).");
        return new ProfiledCsv(scan.Profile, [.. texts, .. ProblemsOf(scan, "reference")]);
    }

    /// <summary>Reads a file once and counts its rows in the bins of the reference.</summary>
    /// <inheritdoc cref="ProfileOf" path="/exception"/>
    public static CsvComparison Of(Profile reference, string path, CancellationToken ct)
    {
        var before = reference.Columns.ToDictionary(column => column.Name);
        var scan = Scan(path, name => before.TryGetValue(name, out var column)
            ? new ColumnPlan
            {
                Name = name,
                Type = column.Type,
                Bins = (column.Bins?.Counts.Count ?? 0) + 1,
                Against = column
            }
            : new ColumnPlan { Name = name, Type = ColumnType.String, Bins = 1 }, ct);
        var tallies = scan.Columns.ToDictionary(column => column.Profile.Name, column => column.Tally);
        return new CsvComparison
        {
            Rows = scan.File.Rows,
            Columns = [.. reference.Columns
                .Where(column => column.Bins is not null && tallies.GetValueOrDefault(column.Name) is not null)
                .Select(column => new ColumnComparison(column, tallies[column.Name]!))],
            Remarks = [.. RemarksOn(before, scan)],
        };
    }

    private static ScanResult Scan(string path, Func<string, ColumnPlan> plan, CancellationToken ct)
    {
        var scan = CsvScan.Run(path, plan, key: [], memory: long.MaxValue, ct);
        return scan.Readable ? scan : throw new UnreadableCsvException(path, scan.File);
    }

    private static IEnumerable<string> RemarksOn(Dictionary<string, ColumnProfile> reference, ScanResult scan)
    {
        if (reference.Keys.Except(scan.Header).ToList() is { Count: > 0 } missing)
            yield return $"Not in the current data: {string.Join(", ", missing)}.";
        if (scan.Header.Except(reference.Keys).ToList() is { Count: > 0 } added)
            yield return $"Not in the reference: {string.Join(", ", added)}.";
        foreach (var name in reference.Keys.Except(scan.Header))
        {
            if (scan.Header.FirstOrDefault(
                other => IsAlmost(name, other) && !reference.ContainsKey(other)) is { } similar)
                yield return $"Column '{name}' of the reference is called '{similar}' in the current data: rename it "
                    + "to compare it.";
        }
        foreach (var column in scan.Findings.Columns)
        {
            var unreadable = column.Of(Breaches.Type);
            if (unreadable.Count > 0 && reference.ContainsKey(column.Plan.Name))
                yield return $"Column {column.Plan.Name}: values that are no {column.Plan.Type.Word()} count as "
                    + $"missing: {unreadable.Count}"
                    + $" (line {string.Join(", ", unreadable.Lines)}"
                    + (unreadable.Count > unreadable.Lines.Count ? ", …)." : ").")
                    + $" Right would be, for example, {Grammar.Of(column.Plan.Type).Example}.";
        }
        foreach (var problem in ProblemsOf(scan, "current data"))
            yield return problem;
    }

    private static bool IsAlmost(string name, string other) =>
        name.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> ProblemsOf(ScanResult scan, string side) =>
        from problem in scan.File.Problems
        where !problem.ValuesIntact
        let line = problem.Lines is [var first, ..] ? $" (line {first})" : ""
        select $"In the {side}, {problem.Problem}{line}.{(problem.RowsLeftOut ? " They are left out." : "")}";
}

/// <summary>A file that others are compared with.</summary>
/// <param name="Profile">Its columns and bins.</param>
/// <param name="Remarks">Remarks on it for the reader of a comparison.</param>
public sealed record ProfiledCsv(Profile Profile, IReadOnlyList<string> Remarks);

/// <summary>A column of the reference, and the rows of the current data in its bins.</summary>
/// <param name="Reference">The reference's column; it has bins.</param>
/// <param name="Current">Rows in them.</param>
public sealed record ColumnComparison(ColumnProfile Reference, BinTally Current);
