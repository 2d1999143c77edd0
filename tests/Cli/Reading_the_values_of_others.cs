using System.Globalization;

namespace Benchmark.Cli.Tests;

/// <summary>Values of files that others wrote, and what they are taken for.</summary>
public sealed class Reading_the_values_of_others : ForeignFiles
{
    [Fact]
    public async Task Takes_whole_numbers_and_the_same_with_a_fraction_for_one()
    {
        // pandas writes 1.0 as soon as one value of the column was NULL.
        var reference = Write("a.csv", "x", Whole(1000).Select(i => $"{i}"));
        var current = Write("b.csv", "x", Whole(1000).Select(i => $"{i}.0"));

        var result = await PsiAsync(reference, current);

        PsiOf(result).Should().Be(0);
        Read(result, "x").GetProperty("reference").GetProperty("type").GetString().Should().Be("integer");
        Read(result, "x").GetProperty("current").GetProperty("type").GetString().Should().Be("number");
        result.Error.Should().Contain(
            "Column x is integer in the reference and number in the current data; it is compared as number.");
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Reads_what_pandas_makes_of_our_own_file()
    {
        var reference = Write("a.csv", "flag,at,day,tiny", Whole(1000).Select(i =>
            $"{(i % 3 == 0 ? "true" : "false")},2024-01-{1 + i % 28:00}T00:00:00,2024-01-{1 + i % 28:00},"
            + $"0.0000{1 + i % 9}"));
        var current = Write("b.csv", ",flag,at,day,tiny", Whole(1000).Select(i =>
            $"{i},{(i % 3 == 0 ? "True" : "False")},2024-01-{1 + i % 28:00} 00:00:00,2024-01-{1 + i % 28:00} 00:00:00,"
            + $"{1 + i % 9}e-05"));

        var result = await PsiAsync(reference, current);

        Columns(result).Select(PsiOf).Should().Equal(0, 0, 0, 0);
        result.Error.Should().Contain("column 1 has no name in the header and is not compared");
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Takes_a_word_in_the_first_row_for_a_missing_number()
    {
        var reference = Write("a.csv", "x", ["N/A", .. Whole(1000).Select(i => $"{i}")]);
        var current = Write("b.csv", "x", Whole(1001).Select(i => $"{i + 5000}"));

        var result = await PsiAsync(reference, current);

        PsiOf(result).Should().BeApproximately(8.283, 0.01);
        Band(result).Should().Be("moved");
        Read(result, "x").GetProperty("reference").GetProperty("na_words").GetProperty("N/A").GetInt64().Should().Be(1);
        result.Error.Should().Contain("Column x: these count as missing in the reference: N/A (1).");
        result.ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task Counts_NA_of_R_as_missing_on_both_sides()
    {
        var reference = Write("a.csv", "x", Normal(600, 50, seed: 1).Select((x, i) => i % 20 == 0 ? "NA" : x));
        var current = Write("b.csv", "x", Normal(700, 50, seed: 2).Select((x, i) => i % 20 == 0 ? "NA" : x));

        var result = await PsiAsync(reference, current);

        PsiOf(result).Should().BeGreaterThan(2.5);
        Band(result).Should().Be("moved");
        Bin(result, "missing").GetProperty("contribution").GetDouble().Should().Be(0);
    }

    [Theory]
    [InlineData("\"$1,{0:000}.00\"", "--type x=number")]
    [InlineData("\"{0:000}.000,00\"", "--decimal ,")]
    [InlineData("\"{0},50\"", "--decimal ,")]
    [InlineData("{1:00}/{2:00}/2024", "--date-format")]
    [InlineData("{2}.{1}.2024", "--date-format")]
    [InlineData("{0} %", "--type x=number")]
    public async Task Does_not_compare_what_can_be_read_in_two_ways(string form, string option)
    {
        var file = Write("a.csv", "x,y", Whole(1000).Select(i =>
            string.Format(CultureInfo.InvariantCulture, form, 100 + i % 900, 1 + i % 12, 1 + i % 28) + ",1"));

        var alone = await PsiAsync(file, file, "--column", "x");
        var beside = await PsiAsync(file, file);

        alone.ExitCode.Should().Be(1);
        alone.Error.Should().Contain("Column x is not compared: ").And.Contain(option);
        Columns(beside).Select(column => column.GetProperty("column").GetString()).Should().Equal("y");
        Read(beside, "x").GetProperty("compared").GetBoolean().Should().BeFalse();
        Read(beside, "x").GetProperty("why_not").GetString().Should().Contain(option);
    }

    [Theory]
    [InlineData("$1,234.00", "1234", "--type", "x=number")]
    [InlineData("1.234,00", "1234", "--type", "x=number", "--decimal", ",")]
    [InlineData("1 234,5 EUR", "1234.5", "--type", "x=number", "--decimal", ",")]
    [InlineData("(12.5%)", "-0.125", "--type", "x=number")]
    [InlineData("12/31/2024", "2024-12-31", "--date-format", "%m/%d/%Y")]
    [InlineData("1/5/2024 13:05", "2024-01-05T13:05:00", "--date-format", "%m/%d/%Y %H:%M")]
    [InlineData("31.12.24", "2024-12-31", "--date-format", "%d.%m.%y")]
    [InlineData("31-Jan-2024", "2024-01-31", "--date-format", "%d-%b-%Y")]
    [InlineData("20240131", "2024-01-31", "--date-format", "%Y%m%d")]
    [InlineData("1", "true", "--type", "x=boolean")]
    public async Task Reads_it_as_it_was_told(string theirs, string ours, params string[] options)
    {
        var reference = Write("a.csv", "x;y", Enumerable.Repeat($"{theirs};1", 100));
        var current = Write("b.csv", "x,y", Enumerable.Repeat($"{ours},1", 100));

        var result = await PsiAsync(reference, current, options);

        PsiOf(result, "x").Should().Be(0);
        Bin(result, "missing", "x").GetProperty("actual").GetInt64().Should().Be(0);
        result.Error.Should().NotContain("not compared");
    }

    [Theory]
    [InlineData("TRUE", "true")]
    [InlineData("1E5", "100000")]
    [InlineData("+5", "5")]
    [InlineData("\"5\"", "5")]
    [InlineData(" 5 ", "5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("2024-01-31 00:00:00", "2024-01-31")]
    [InlineData("2024-01-31 10:30:00.123456789+00:00", "2024-01-31T10:30:00.1234567Z")]
    [InlineData("2024-01-31 10:30", "2024-01-31T10:30:00")]
    [InlineData("10:30", "10:30:00")]
    [InlineData("text ", "text")]
    public async Task Takes_two_spellings_of_one_value_for_one(string theirs, string ours)
    {
        var current = Write("a.csv", "x,y", Enumerable.Repeat($"{theirs},1", 100));
        var reference = Write("b.csv", "x,y", Enumerable.Repeat($"{ours},1", 100));

        var result = await PsiAsync(reference, current);

        PsiOf(result, "x").Should().Be(0);
        Bin(result, "missing", "x").GetProperty("actual").GetInt64().Should().Be(0);
    }

    [Theory]
    [InlineData("NA")]
    [InlineData("N/A")]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData(".")]
    [InlineData("None")]
    [InlineData("<NA>")]
    [InlineData("#N/A")]
    [InlineData("inf")]
    [InlineData("-Inf")]
    [InlineData("Infinity")]
    public async Task Counts_a_word_as_missing_among_numbers_and_as_a_text_among_texts(string word)
    {
        var reference = Write("a.csv", "n,d,t", Whole(200).Select(i => $"{i},2024-01-{1 + i % 28:00},{"AB"[i % 2]}"));
        var current = Write("b.csv", "n,d,t", Whole(200).Select(i => i % 2 == 0
            ? $"{word},{word},{word}" : $"{i},2024-01-{1 + i % 28:00},B"));

        var result = await PsiAsync(reference, current);
        var told = await PsiAsync(reference, current, "--na", word);

        Bin(result, "missing", "n").GetProperty("actual").GetInt64().Should().Be(100);
        Bin(result, "missing", "d").GetProperty("actual").GetInt64().Should().Be(100);
        Bin(result, "missing", "t").GetProperty("actual").GetInt64().Should().Be(0);
        Bin(told, "missing", "t").GetProperty("actual").GetInt64().Should().Be(100);
    }

    [Fact]
    public async Task Compares_each_value_of_a_categorical_column()
    {
        var reference = Write("a.csv", "code", Whole(1000).Select(i => $"{i % 20}"));
        var current = Write("b.csv", "code", Whole(1000).Select(i => $"{i % 20}.0"));

        var result = await PsiAsync(reference, current, "--categorical", "code");

        Columns(result)[0].GetProperty("kind").GetString().Should().Be("categorical");
        PsiOf(result).Should().Be(0);
    }

    [Theory]
    [InlineData("t", "f", "TRUE", "FALSE")]
    [InlineData("True", "False", "T", "F")]
    public async Task Takes_letters_for_booleans_where_every_value_is_a_boolean_word(
        string wasTrue, string wasFalse, string isTrue, string isFalse)
    {
        var reference = Write("a.csv", "flag,y", Whole(100).Select(i => i % 4 == 0 ? $"{wasTrue},1" : $"{wasFalse},1"));
        var current = Write("b.csv", "flag,y", Whole(100).Select(i => i % 4 == 0 ? $"{isTrue},1" : $"{isFalse},1"));
        var grades = Write("c.csv", "flag,y", Whole(100).Select(i => i % 4 == 0 ? "T,1" : i % 4 == 1 ? "F,1" : "U,1"));

        var same = await PsiAsync(reference, current);
        var texts = await PsiAsync(grades, grades);

        PsiOf(same, "flag").Should().Be(0);
        Bin(same, "missing", "flag").GetProperty("actual").GetInt64().Should().Be(0);
        Bin(texts, "U", "flag").GetProperty("actual").GetInt64().Should().Be(50);
    }

    [Fact]
    public async Task Does_not_guess_which_number_is_true()
    {
        var reference = Write("a.csv", "flag,y", Whole(100).Select(i => i % 4 == 0 ? "true,1" : "false,1"));
        var current = Write("b.csv", "flag,y", Whole(100).Select(i => i % 4 == 0 ? "1,1" : "0,1"));

        var result = await PsiAsync(reference, current);
        var told = await PsiAsync(reference, current, "--type", "flag=boolean");

        result.Error.Should().Contain(
            "Column flag is not compared: it is boolean in the reference and integer in the current");
        PsiOf(told, "flag").Should().Be(0);
    }

    [Fact]
    public async Task Reads_a_file_to_the_types_that_a_published_model_has()
    {
        Place.Warehousing("""
            create table m as select range as id, range / 4.0 as score, range % 2 = 0 as flag,
                date '2024-01-01' + (range % 300)::int as day, range % 7 as small, 'NA' as country from range(1000)
            """);
        Place.Registers("m: {table: m, key: [id]}");
        (await Place.RunAsync("refresh", "--all")).ExitCode.Should().Be(0);
        var current = Write("b.csv", "id;score;flag;day;small;country", Whole(1000).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{i},0;{(i / 4.0).ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ',')};{i % 2 == 0};"
            + $"{new DateTime(2024, 1, 1).AddDays(i % 300):yyyy-MM-dd HH:mm:ss};{i % 7},0;NA")));

        var result = await PsiAsync("vs/m", current);

        Columns(result).Select(column => column.GetProperty("column").GetString())
            .Should().Equal("score", "flag", "day", "small", "country");
        Columns(result).Select(PsiOf).Should().OnlyContain(psi => psi == 0);
        result.ExitCode.Should().Be(0);
    }
}
