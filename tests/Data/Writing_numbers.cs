using System.Globalization;
using System.Text;
using Benchmark.Data.Writing;
using Benchmark.Tests.Support;

namespace Benchmark.Data.Tests;

public sealed class Writing_numbers
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(123456.789012, "123456.789012")]
    [InlineData(-0.000001, "-0.000001")]
    [InlineData(0.00001234, "0.00001234")]
    [InlineData(0.00000123456, "0.00000123456")]
    [InlineData(9.99e-7, "9.99E-07")]
    [InlineData(999999999999999.9, "999999999999999.9")]
    [InlineData(1e14, "100000000000000")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1e17, "1E+17")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157E+308")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Spells_a_double_in_the_shortest_way(double value, string expected)
    {
        var text = Write(block => block.AddDouble(value));

        text.Should().Be(expected);
    }

    [Theory]
    [InlineData(0.1f, "0.1")]
    [InlineData(-0f, "-0")]
    [InlineData(16777216f, "16777216")]
    [InlineData(1.5e10f, "15000000000")]
    [InlineData(1e14f, "100000000000000")]
    [InlineData(1e-6f, "0.000001")]
    [InlineData(1e-7f, "1E-07")]
    [InlineData(3.4028235e38f, "3.4028235E+38")]
    public void Spells_a_float_as_a_float(float value, string expected)
    {
        var text = Write(block => block.AddFloat(value));

        text.Should().Be(expected);
    }

    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("5", 3, "0.005")]
    [InlineData("-5", 3, "-0.005")]
    [InlineData("-150", 2, "-1.50")]
    [InlineData("99999999999999999999999999999999999999", 38, "0.99999999999999999999999999999999999999")]
    [InlineData("-99999999999999999999999999999999999999", 0, "-99999999999999999999999999999999999999")]
    public void Spells_a_decimal_with_every_digit(string units, int scale, string expected)
    {
        var text = Write(block => block.AddScaled(Int128.Parse(units, CultureInfo.InvariantCulture), scale));

        text.Should().Be(expected);
    }

    [Fact]
    public void Agrees_with_the_BCL_on_every_double()
    {
        var random = Seed.Random();
        var values = Enumerable.Range(0, 400_000).Select(i => NextDouble(random, i % 8)).ToArray();

        var texts = WriteAll(values, (block, value) => block.AddDouble(value));

        foreach (var (value, text) in values.Zip(texts))
            Check(text, value, double.Parse(text, CultureInfo.InvariantCulture),
                value.ToString("R", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Agrees_with_the_BCL_on_every_float()
    {
        var random = Seed.Random();
        var values = Enumerable.Range(0, 200_000).Select(i => i % 2 == 0
            ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))
            : (float)NextDouble(random, i % 8)).ToArray();

        var texts = WriteAll(values, (block, value) => block.AddFloat(value));

        foreach (var (value, text) in values.Zip(texts))
            Check(text, value, float.Parse(text, CultureInfo.InvariantCulture),
                value.ToString("R", CultureInfo.InvariantCulture));
    }

    // The kinds of double that columns hold, and all the others.
    private static double NextDouble(Random random, int kind) => kind switch
    {
        0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        1 => Math.Round(random.NextDouble() * 1000, 6),
        2 => -Math.Round(random.NextDouble() * 1e6, random.Next(0, 7)),
        3 => random.NextDouble(),
        4 => random.NextInt64(-2_000_000_000_000_000, 2_000_000_000_000_000),
        5 => Math.CopySign(random.Next(0, 3) * 1e-6, random.Next(2) - 0.5),
        // Neighbours of numbers with six decimals, where the fast way must not be taken.
        6 => Math.BitIncrement(Math.Round(random.NextDouble() * 1e8, 6)),
        _ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-10, 18)),
    };

    private static void Check(string text, double value, double parsed, string byTheBcl)
    {
        if (!parsed.Equals(value) || (!double.IsNaN(value) && double.IsNegative(parsed) != double.IsNegative(value)))
            Assert.Fail($"{value:R} was written as {text}, which reads as {parsed:R}.");
        if (Digits(text) != Digits(byTheBcl))
            Assert.Fail($"{value:R} was written as {text}, which has other digits.");
        if (Math.Abs(value) is >= 1e-6 and < 1e15 && text.Contains('E'))
            Assert.Fail($"{value:R} was written as {text}, with an exponent.");
    }

    // The significant digits, which are the same in every notation.
    private static string Digits(string text) =>
        text.Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('-').Trim('0');

    private static string[] WriteAll<T>(T[] values, Action<CsvBlock, T> write) => Write(block =>
    {
        foreach (var value in values)
        {
            write(block, value);
            block.Add((byte)'\n');
        }
    }).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Write(Action<CsvBlock> write)
    {
        using var stream = new MemoryStream();
        using var block = new CsvBlock(stream);
        write(block);
        block.Finish();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
