using DuckDB.NET.Data;

namespace Benchmark.Cli.Init;

/// <summary>
/// Compares the columns of several files that are read as one. A column that only some of them have is refused, not
/// filled with NULL: it is mostly a file of another kind, or one that is damaged. What is only of another type in some
/// of them, as whole numbers are where a month has no missing value, is read as the type that holds both.
/// </summary>
internal static class ColumnsAcross
{
    /// <summary>How to read them.</summary>
    /// <exception cref="UsageException">They have not the same columns, or one cannot be read.</exception>
    public static FileReading Of(FileReading reading, LocalFiles files, CancellationToken ct)
    {
        if (reading.File.Paths.Count == 1)
            return reading;
        var (first, path) = (Columns(reading, reading.File.Paths[0], files, ct), reading.File.Paths[0]);
        Setting? union = null;
        foreach (var other in reading.File.Paths.Skip(1))
        {
            ct.ThrowIfCancellationRequested();
            var columns = Columns(reading, other, files, ct);
            RequireAll(first, path, columns, other);
            RequireAll(columns, other, first, path);
            union ??= first.Where(column => columns[column.Key] != column.Value).Select(column => new Setting(
                "union_by_name = true",
                $"'{column.Key}' is {column.Value} in {path} and {columns[column.Key]} in {other}, and is read as a "
                + "type that holds both.")).FirstOrDefault();
        }
        return union is null ? reading : reading.With(union);
    }

    private static void RequireAll(
        Dictionary<string, string> columns, string path, Dictionary<string, string> others, string other)
    {
        if (columns.Keys.FirstOrDefault(name => !others.ContainsKey(name)) is { } missing)
            throw new UsageException(
                $"{path} has a column '{missing}', which {other} does not have. Name files with the same columns; or "
                + "draft one of them, and write union_by_name = true into its query: NULL for what is missing.");
    }

    private static Dictionary<string, string> Columns(
        FileReading reading, string path, LocalFiles files, CancellationToken ct)
    {
        try
        {
            return files.Columns(reading.RelationOf(DataFile.Escaped(path)))
                .ToDictionary(column => column.Name, column => column.Type);
        }
        catch (DuckDBException e)
        {
            throw new UsageException(
                CsvForm.Fault(reading, path, ct) ?? $"{path} cannot be read: {e.Message.Split('\n')[0]}.");
        }
    }
}
