using Benchmark.Data.Writing;

namespace Benchmark.Tests.Support.Fuzz;

/// <summary>A table of random columns, and the file that the Fetcher's own writer makes of it.</summary>
public sealed record FuzzTable(IReadOnlyList<FuzzColumn> Columns, int Rows)
{
    public static FuzzTable Random(int mostRows, int mostColumns, Random random)
    {
        var rows = random.Next(mostRows + 1);
        return new(
            [.. Enumerable.Range(0, random.Next(1, mostColumns + 1))
                .Select(i => FuzzColumn.Random(i, rows, random))], rows);
    }

    public byte[] ToCsv()
    {
        using var file = new MemoryStream();
        using var block = new CsvBlock(file);
        WriteRow(block, column => block.AddText(column.Name));
        for (var row = 0; row < Rows; row++)
            WriteRow(block, column => column.Cells[row].Write(block));
        block.Finish();
        return file.ToArray();
    }

    private void WriteRow(CsvBlock block, Action<FuzzColumn> write)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (i > 0)
                block.Add((byte)',');
            write(Columns[i]);
        }
        block.Add((byte)'\n');
    }
}
