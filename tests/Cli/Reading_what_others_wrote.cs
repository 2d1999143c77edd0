using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Benchmark.Cli.Tests;

/// <summary><c>benchmark psi</c> on files that pandas, R, Excel and others wrote.</summary>
public sealed class Reading_what_others_wrote : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

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

    [Fact]
    public async Task Refuses_bytes_that_are_no_UTF_8_and_reads_them_when_told()
    {
        var file = _place.InDirectory("a.csv");
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
    public async Task Reads_a_compressed_file_and_one_of_Parquet()
    {
        string[] rows = [.. Whole(1000).Select(i => $"{i},2024-01-{1 + i % 28:00},{"ABC"[i % 3]}")];
        var reference = Write("a.csv", "n,d,t", rows);
        var zipped = _place.InDirectory("b.csv.gz");
        using (var stream = new GZipStream(File.Create(zipped), CompressionLevel.Fastest))
            stream.Write(File.ReadAllBytes(reference));
        var parquet = _place.InDirectory("c.parquet");
        Query($"copy (select n::double as n, d::timestamp as d, t from read_csv('{reference}')) to '{parquet}'");

        var one = await PsiAsync(reference, zipped);
        var other = await PsiAsync(reference, parquet);

        Columns(one).Select(PsiOf).Should().Equal(0, 0, 0);
        Columns(other).Select(PsiOf).Should().Equal(0, 0, 0);
        one.Error.Should().Contain("compressed with gzip");
        other.Error.Should().Contain("c.parquet: Parquet, 1,000 rows.");
    }

    [Theory]
    [InlineData("x\ty\n{0}\ta, b\n")]
    [InlineData("x|y\n{0}|a, b\n")]
    [InlineData("'x';'y'\n'{0}';'a; b'\n")]
    [InlineData("\uFEFFx,y\r\n{0},\"a, b\"\r\n")]
    public async Task Recognises_what_separates_fields_and_rows(string form)
    {
        var lines = form.Split('\n');
        var file = _place.InDirectory("a.csv");
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
        var file = _place.InDirectory("a.csv");
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
        _place.Warehousing("""
            create table m as select range as id, range / 4.0 as score, range % 2 = 0 as flag,
                date '2024-01-01' + (range % 300)::int as day, range % 7 as small, 'NA' as country from range(1000)
            """);
        _place.Registers("m: {table: m, key: [id]}");
        (await _place.RunAsync("refresh", "--all")).ExitCode.Should().Be(0);
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

    [Fact]
    public async Task Leaves_no_copy_behind()
    {
        var temporary = Directory.CreateDirectory(_place.InDirectory("tmp")).FullName;
        var environment = new Dictionary<string, string> { ["TMPDIR"] = temporary };
        var good = Write("a.csv", "x", Whole(10).Select(i => $"{i}"));
        var bad = Write("b.csv", "x,x", ["1,2"]);

        var done = await _place.Start(environment, "psi", good, good).ExitAsync();
        var refused = await _place.Start(environment, "psi", good, bad).ExitAsync();

        new[] { done, refused }.Should().Equal(0, 1);
        Directory.GetDirectories(temporary, "benchmark-psi-*").Should().BeEmpty();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Leaves_no_copy_behind_when_it_is_stopped(string signal)
    {
        var large = _place.InDirectory("large.csv");
        Query($"copy (select range as x, md5(range::varchar) as y from range(3000000)) to '{large}'");
        var temporary = Directory.CreateDirectory(_place.InDirectory("tmp")).FullName;
        var psi = _place.Start(new Dictionary<string, string> { ["TMPDIR"] = temporary }, "psi", large, large);
        await Workplace.UntilAsync(
            psi, () => Directory.GetFiles(temporary, "*.csv", SearchOption.AllDirectories).Length > 0);

        var exitCode = await psi.EndAsync(signal);

        exitCode.Should().Be(130);
        Directory.GetFileSystemEntries(temporary, "benchmark-psi-*").Should().BeEmpty();
    }

    [Theory]
    [InlineData("--delimiter", "ab", "one character, or the word tab")]
    [InlineData("--decimal", "x", ". or ,")]
    [InlineData("--encoding", "klingon", "latin-1")]
    [InlineData("--date-format", "dd.mm.yyyy", "%d.%m.%Y")]
    [InlineData("--type", "x=decimal", "column=type")]
    [InlineData("--type", "z=number", "Columns are x.")]
    [InlineData("--bins", "1", "2 to 1000, or equal-width")]
    [InlineData("--zero", "1", "above 0 and below 1")]
    public async Task Names_what_an_option_allows(string option, string value, string allowed)
    {
        var file = Write("a.csv", "x", ["1", "2"]);

        var result = await PsiAsync(file, file, option, value);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(allowed);
    }

    private Task<CommandResult> PsiAsync(string reference, string current, params string[] options) =>
        _place.RunAsync(["psi", reference, current, .. options, "--json"]);

    private string Write(string name, string header, IEnumerable<string> rows) => _place.Write(name, [header, .. rows]);

    [Fact]
    public async Task Refuses_a_gzip_file_that_was_cut_off()
    {
        var reference = Write("a.csv", "x", Whole(100_000).Select(i => $"{i}"));
        var zipped = _place.InDirectory("b.csv.gz");
        using (var stream = new GZipStream(File.Create(zipped), CompressionLevel.Fastest))
            stream.Write(File.ReadAllBytes(reference));
        var bytes = File.ReadAllBytes(zipped);
        File.WriteAllBytes(zipped, bytes[..(bytes.Length / 2)]);

        var result = await PsiAsync(reference, zipped);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("b.csv.gz is broken: ");
    }

    [Fact]
    public async Task Refuses_an_encoding_that_is_not_supported()
    {
        var file = Write("a.csv", "x", Whole(100).Select(i => $"{i}"));

        var result = await PsiAsync(file, file, "--encoding", "utf-7");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("--encoding utf-7: allowed is latin-1");
    }

    [Fact]
    public async Task Works_in_a_temporary_directory_of_any_name()
    {
        var file = Write("a.csv", "x", Whole(100).Select(i => $"{i}"));
        var odd = Directory.CreateDirectory(_place.InDirectory("it's; odd")).FullName;

        var exitCode = await _place.Start(new Dictionary<string, string> { ["TMPDIR"] = odd }, "psi", file, file)
            .ExitAsync();

        exitCode.Should().Be(0);
        Directory.GetDirectories(odd, "benchmark-psi-*").Should().BeEmpty();
    }

    [Fact]
    public async Task Refuses_a_first_row_that_does_not_end()
    {
        var file = Write("a.csv", string.Join(',', Whole(200_000).Select(i => $"column_{i}")), []);

        var result = await PsiAsync(file, file);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("the first row is longer than 1 MiB");
    }

    [Fact]
    public async Task Says_that_a_file_is_not_in_the_UTF_8_that_it_was_said_to_be_in()
    {
        var file = _place.InDirectory("a.csv");
        File.WriteAllText(file, "x\né\nè\n", Encoding.Latin1);

        var result = await PsiAsync(file, file, "--encoding", "utf-8");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("is not UTF-8 (line 2)");
    }

    [Fact]
    public async Task Refuses_a_pipe()
    {
        var file = Write("a.csv", "x", ["1", "2"]);
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
        pipe.Write("x\n1\n"u8);

        var result = await PsiAsync(file, $"/dev/fd/{pipe.GetClientHandleAsString()}");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("is no regular file");
    }

    [Fact]
    public async Task Refuses_columns_that_differ_only_in_case()
    {
        var file = Write("a.csv", "age,Age", ["1,2", "3,4"]);

        var result = await PsiAsync(file, file);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("columns age and Age of the header differ only in case. Rename one.");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n\r\n")]
    public async Task Skips_empty_lines_before_the_header(string lines)
    {
        var file = Write("a.csv", "x,y", Whole(1000).Select(i => $"{i},{i % 7}"));
        var other = _place.InDirectory("b.csv");
        var end = lines.Contains('\r') ? "\r\n" : "\n";
        File.WriteAllText(other, lines + File.ReadAllText(file).ReplaceLineEndings(end));

        var result = await PsiAsync(file, other);

        Columns(result).Select(PsiOf).Should().Equal(0, 0);
        result.Json.GetProperty("current_rows").GetInt64().Should().Be(1000);
    }

    private static IEnumerable<int> Whole(int count) => Enumerable.Range(0, count);

    private static List<JsonElement> Columns(CommandResult result) =>
        [.. result.Json.GetProperty("columns").EnumerateArray()];

    private static JsonElement Column(CommandResult result, string? name) =>
        Columns(result).Single(column => name is null || column.GetProperty("column").GetString() == name);

    private static double PsiOf(JsonElement column) => column.GetProperty("psi").GetDouble();

    private static double PsiOf(CommandResult result, string? column = null) => PsiOf(Column(result, column));

    private static string? Band(CommandResult result, string? column = null) =>
        Column(result, column).GetProperty("band").GetString();

    private static JsonElement Bin(CommandResult result, string name, string? column = null) =>
        Column(result, column).GetProperty("bins").EnumerateArray()
            .Single(bin => bin.GetProperty("bin").GetString() == name);

    private static JsonElement Read(CommandResult result, string column) =>
        result.Json.GetProperty("reading").GetProperty("columns").EnumerateArray()
            .Single(read => read.GetProperty("column").GetString() == column);

    private static List<string> Normal(double mean, double deviation, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, 2000)
                .Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                    * Math.Cos(2 * Math.PI * random.NextDouble()))
                .Select(normal => (mean + deviation * normal).ToString("R", CultureInfo.InvariantCulture)),
        ];
    }

    private static void Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
