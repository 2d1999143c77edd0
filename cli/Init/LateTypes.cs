using DuckDB.NET.Data;

namespace Benchmark.Cli.Init;

/// <summary>Types that the first rows of delimited text do not show, by which DuckDB guesses them.</summary>
internal static class LateTypes
{
    /// <summary>How to read it; null where all rows tell the same as the first.</summary>
    public static FileReading? Of(FileReading reading, LocalFiles files)
    {
        try
        {
            var late = files.Columns(reading.Relation)
                .Zip(files.Columns(reading.With(new Setting("sample_size = -1", "")).Relation))
                .Where(column => column.First.Name == column.Second.Name && column.First.Type != column.Second.Type)
                .Select(column => (column.First.Name, First: column.First.Type, All: column.Second.Type)).ToList();
            return late is [] ? null : reading.With(new Setting(
                $"types = {{{string.Join(", ", late.Select(one => $"{SqlText.Literal(one.Name)}: '{one.All}'"))}}}",
                string.Join(' ', late.Select(
                    one => $"'{one.Name}' is {one.First} in the first rows, {one.All} in all."))));
        }
        catch (DuckDBException)
        {
            return null;
        }
    }
}
