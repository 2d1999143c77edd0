using System.IO.Compression;
using System.Text;

namespace Benchmark.Cli.Tests;

/// <summary><c>benchmark psi</c> on files that pandas, R, Excel and others wrote.</summary>
public sealed class Reading_what_others_wrote : ForeignFiles
{
    [Fact]
    public async Task Reads_semicolons_and_decimal_commas_as_what_they_are()
    {
        var reference = Write("a.csv", "a;b", Whole(1000).Select(i => $"{i},5;{i % 7},25"));
        var moved = Write("b.csv", "a;b", Whole(1000).Select(i => $"{i + 5000},5;{i % 7},25"));
        var ours = Write("c.csv", "a,b", Whole(1000).Select(i => $"{i}.5,{i % 7}.25"));

        var result = await PsiAsync(reference, moved);
        var same = await PsiAsync(reference, ours);

        PsiOf(result, "a").Should().BeGreaterThan(8);
        PsiOf(result, "b").Should().Be(0);
        Columns(same).Select(PsiOf).Should().Equal(0, 0);
        var read = result.Json.GetProperty("reading").GetProperty("reference");
        read.GetProperty("delimiter").GetString().Should().Be(";");
        read.GetProperty("decimal").GetString().Should().Be(",");
        result.Error.Should().Contain("a.csv: CSV separated by semicolons, decimal comma, UTF-8, 1,000 rows.");
    }

    [Fact]
    public async Task Reads_a_score_and_a_grade_between_semicolons()
    {
        var reference = Write("a.csv", "score;grade", Whole(1000).Select(i => $"{i};{"ABC"[i % 3]}"));
        var current = Write("b.csv", "score;grade", Whole(1000).Select(i => $"{i + 900};{"ABC"[i % 3]}"));

        var result = await PsiAsync(reference, current);

        Columns(result).Select(column => column.GetProperty("kind").GetString())
            .Should().Equal("numeric", "categorical");
        Band(result, "score").Should().Be("moved");
        PsiOf(result, "grade").Should().Be(0);
    }

    [Fact]
    public async Task Refuses_bytes_that_are_no_UTF_8_and_reads_them_when_told()
    {
        var file = Place.InDirectory("a.csv");
        File.WriteAllText(
            file, "city\n" + string.Concat(Whole(500).Select(i => i % 2 == 0 ? "Zürich\n" : "Basel\n")),
            Encoding.Latin1);

        var refused = await PsiAsync(file, file);
        var told = await PsiAsync(file, file, "--encoding", "latin-1");

        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain("is not UTF-8 (line 2)").And.Contain("--encoding latin-1");
        PsiOf(told).Should().Be(0);
        Columns(told)[0].GetProperty("bins").EnumerateArray().Select(bin => bin.GetProperty("bin").GetString())
            .Should().Contain("Zürich");
        told.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Reads_a_compressed_file_and_one_of_Parquet()
    {
        string[] rows = [.. Whole(1000).Select(i => $"{i},2024-01-{1 + i % 28:00},{"ABC"[i % 3]}")];
        var reference = Write("a.csv", "n,d,t", rows);
        var zipped = Place.InDirectory("b.csv.gz");
        using (var stream = new GZipStream(File.Create(zipped), CompressionLevel.Fastest))
            stream.Write(File.ReadAllBytes(reference));
        var parquet = Place.InDirectory("c.parquet");
        Query($"copy (select n::double as n, d::timestamp as d, t from read_csv('{reference}')) to '{parquet}'");

        var one = await PsiAsync(reference, zipped);
        var other = await PsiAsync(reference, parquet);

        Columns(one).Select(PsiOf).Should().Equal(0, 0, 0);
        Columns(other).Select(PsiOf).Should().Equal(0, 0, 0);
        one.Error.Should().Contain("compressed with gzip");
        other.Error.Should().Contain("c.parquet: Parquet, 1,000 rows.");
    }

    [Fact]
    public async Task Calls_texts_of_Parquet_that_are_dates_by_that_word()
    {
        var (first, second) = (Place.InDirectory("a.parquet"), Place.InDirectory("b.parquet"));
        foreach (var file in new[] { first, second })
            Query(
                "copy (select (date '2024-01-01' + i::int)::varchar as iso, "
                + "strftime(date '2024-01-01' + i::int, '%d.%m.%Y') as ours from range(1000) r(i)) "
                + $"to '{file}'");

        var read = await PsiAsync(first, second);
        var told = await PsiAsync(first, second, "--date-format", "%d.%m.%Y");

        Read(read, "iso").GetProperty("type").GetString().Should().Be("date");
        read.Error.Should().Contain("Column ours is not compared: values of the reference such as 0")
            .And.Contain("look like dates: say --date-format, for example %d.%m.%Y");
        Read(told, "ours").GetProperty("type").GetString().Should().Be("date");
    }

    [Theory]
    [InlineData("x\ty\n{0}\ta, b\n")]
    [InlineData("x|y\n{0}|a, b\n")]
    [InlineData("'x';'y'\n'{0}';'a; b'\n")]
    [InlineData("\uFEFFx,y\r\n{0},\"a, b\"\r\n")]
    public async Task Recognises_what_separates_fields_and_rows(string form)
    {
        var lines = form.Split('\n');
        var file = Place.InDirectory("a.csv");
        File.WriteAllText(file, lines[0] + "\n" + string.Concat(Whole(1000).Select(
            i => lines[1].Replace("{0}", $"{i}", StringComparison.Ordinal) + "\n")));

        var result = await PsiAsync(file, file);

        Columns(result).Select(column => column.GetProperty("column").GetString()).Should().Equal("x", "y");
        Read(result, "x").GetProperty("type").GetString().Should().Be("integer");
        result.Json.GetProperty("current_rows").GetInt64().Should().Be(1000);
    }

    [Fact]
    public async Task Loses_no_row_where_line_ends_are_mixed()
    {
        var file = Place.InDirectory("a.csv");
        File.WriteAllText(
            file, "x,y\r\n" + string.Concat(Whole(1000).Select(i => $"{i},1{(i % 2 == 0 ? "\r\n" : "\n")}")));

        var result = await PsiAsync(file, file);

        result.Json.GetProperty("current_rows").GetInt64().Should().Be(1000);
    }

    [Fact]
    public async Task Says_that_a_file_has_no_header()
    {
        var file = Write("a.csv", "17,2,A", Whole(1000).Select(i => $"{i},{i % 5},A"));

        var result = await PsiAsync(file, file);

        result.Error.Should().Contain("a.csv has no header: its first row holds values (17, 2, A).");
        result.Json.GetProperty("current_rows").GetInt64().Should().Be(1001);
        Columns(result).Select(column => column.GetProperty("column").GetString())
            .Should().Equal("column_1", "column_2", "column_3");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n\r\n")]
    public async Task Skips_empty_lines_before_the_header(string lines)
    {
        var file = Write("a.csv", "x,y", Whole(1000).Select(i => $"{i},{i % 7}"));
        var other = Place.InDirectory("b.csv");
        var end = lines.Contains('\r') ? "\r\n" : "\n";
        File.WriteAllText(other, lines + File.ReadAllText(file).ReplaceLineEndings(end));

        var result = await PsiAsync(file, other);

        Columns(result).Select(PsiOf).Should().Equal(0, 0);
        result.Json.GetProperty("current_rows").GetInt64().Should().Be(1000);
    }
}
