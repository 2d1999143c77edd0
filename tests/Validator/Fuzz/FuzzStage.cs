using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Tests.Support.Fuzz;

namespace Benchmark.Validator.Tests.Fuzz;

/// <summary>Stages random tables.</summary>
internal static class FuzzStage
{
    /// <summary>Stages a file under the table's columns.</summary>
    public static ModelStaged Stage(
        this FuzzTable table, StagedModel model, byte[] csv, int rows, byte[]? told = null) =>
        model.Stage(csv, facts => facts with
        {
            Rows = rows,
            Columns = [.. table.Columns.Select(column => new ColumnFacts
            {
                Name = column.Name,
                Type = column.Type,
                Nulls = column.Cells.Count(cell => cell.Value is null),
            })],
        }, told);
}
