using System.Text;
using Benchmark.Data.Dialect;
using Benchmark.Data.Reading;
using Benchmark.Tests.Support;
using Benchmark.Tests.Support.Fuzz;
using Xunit.Abstractions;

namespace Benchmark.Data.Tests;

/// <summary>Every field is read as it was written, whatever the table.</summary>
public sealed class Reading_random_tables(ITestOutputHelper output)
{
    // In a task, so that a table that never ends fails the test.
    [Fact(Timeout = 10 * 60_000)]
    public Task Reads_every_field_as_it_was_written() => Task.Run(() =>
    {
        using var volume = new TempVolume();
        var run = new FuzzRun("fields", cases: 100, output);
        var path = Path.Combine(volume.Root, "data.csv");
        var (tables, values) = (0, 0L);

        run.Each((random, place) =>
        {
            // Now and then more rows than distinct values are counted one by one.
            var table = random.Next(25) == 0 ? FuzzTable.Random(9000, 2, random) : FuzzTable.Random(200, 10, random);
            var csv = table.ToCsv();
            File.WriteAllBytes(path, csv);

            RequireSameFields(path, table, csv, place);
            tables++;
            values += (long)table.Rows * table.Columns.Count;
        });

        run.Say($"{tables} tables, {values} fields read as they were written");
        tables.Should().Be(run.Cases);
        values.Should().BeGreaterThan(tables * 100L, "tables without values prove nothing");
    });

    // Field by field as text, which another reader reads, too; and as what was meant, numbers to the bit.
    private static void RequireSameFields(string path, FuzzTable table, byte[] csv, string place)
    {
        var expected = Rfc4180.Parse(csv);
        using var rows = CsvRows.Open(path);
        rows.Header.Should().Equal(expected[0], place);
        for (var row = 0; rows.Read(); row++)
        {
            for (var i = 0; i < table.Columns.Count; i++)
            {
                var field = rows.Field(i, out var isNull);
                var text = isNull ? null : Encoding.UTF8.GetString(field);
                if (text != expected[row + 1][i]
                    || !IsSame(text, table.Columns[i].Type, table.Columns[i].Cells[row].Value))
                    throw new InvalidDataException($"row {row}, column {i}: '{text}'");
            }
        }
        rows.Rows.Should().Be(table.Rows, place);
    }

    private static bool IsSame(string? text, ColumnType type, object? value) => (text, value) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (_, double number) => BitsOf(text) == BitsOf(number),
        _ => FuzzValue.Read(type, text).Equals(value),
    };

    private static long BitsOf(string text) =>
        BitsOf(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out var value)
            ? value : (double)FuzzValue.Read(ColumnType.Number, text));

    // Of NaN there are many; the dialect has one.
    private static long BitsOf(double value) =>
        BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);
}
