using Benchmark.Data.Profiling;
using Benchmark.Data.Reading;

namespace Benchmark.Data.Scanning;

/// <summary>
/// Everything that one reading of a file gives: its integrity, the rows that break rules, its profile, and its rows in
/// a benchmark's bins.
/// </summary>
public sealed record CsvScan
{
    /// <summary>The file's length.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of its bytes, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Rows without the header, as far as it could be read.</summary>
    public required long Rows { get; init; }

    /// <summary>Violations of the dialect; empty when there are none.</summary>
    public required IReadOnlyList<Finding> Problems { get; init; }

    /// <summary>Whether it could be read to its end; if not, rows and columns are those before the break.</summary>
    public required bool Readable { get; init; }

    /// <summary>The header's names.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    /// <summary>Rows that break any rule, each once.</summary>
    public required long BrokenRows { get; init; }

    /// <summary>
    /// Rows without a key, or with the key of an earlier row; null when there is no key, or the file lacks a column of
    /// it.
    /// </summary>
    public Finding? Key { get; init; }

    /// <summary>The columns that have a plan, in file order.</summary>
    public required IReadOnlyList<ScannedColumn> Columns { get; init; }

    /// <summary>The profile of the file.</summary>
    public Profile Profile => new() { Rows = Rows, Columns = [.. Columns.Select(column => column.Profile)] };

    /// <summary>Reads a file.</summary>
    /// <param name="path">A CSV file in the dialect.</param>
    /// <param name="plan">Says of each name in the header what is known of that column; null for one that nobody
    /// wants to know more of.</param>
    /// <param name="key">Columns that are unique together; empty when there is no key.</param>
    /// <param name="memory">Bytes that the values of all columns may take; who finds no room is profiled to an error,
    /// and says so.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <param name="reader">What reads the values of a column first; null when they are taken as they are.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvScan Of(
        string path, Func<string, ColumnPlan?> plan, IReadOnlyList<string> key, long memory, CancellationToken ct,
        Func<string, FieldReader?>? reader = null) => ScanPass.Run(path, plan, key, memory, ct, reader);
}

/// <summary>Reads each value of a column before anything else does, for example to spell it in the dialect.</summary>
/// <param name="field">The value as the file has it, without its quotes.</param>
/// <param name="isNull">Whether there is no value.</param>
/// <returns>The value to take instead, valid until the next row.</returns>
public delegate ReadOnlySpan<byte> FieldReader(ReadOnlySpan<byte> field, scoped ref bool isNull);
