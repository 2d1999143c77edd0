using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Data.Writing;

namespace Benchmark.Validator.Tests.Fuzz;

/// <summary>A table of random columns, and the file that the Fetcher's own writer makes of it.</summary>
internal sealed record FuzzTable(IReadOnlyList<FuzzColumn> Columns, int Rows)
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

    /// <summary>Stages a file under this table's columns.</summary>
    public ModelStaged Stage(StagedModel model, byte[] csv, int rows, byte[]? told = null) =>
        model.Stage(csv, facts => facts with
        {
            Rows = rows,
            Columns = [.. Columns.Select(column => new ColumnFacts
        {
            Name = column.Name,
            Type = column.Type,
            Nulls = column.Cells.Count(cell => cell.Value is null),
        })],
        }, told);

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
