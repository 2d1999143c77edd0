using System.IO.Compression;
using System.Text;

namespace Benchmark.Cli.Tests;

/// <summary><c>benchmark init</c> of files and tables as people have them.</summary>
public sealed class Drafting_from_any_file : IDisposable
{
    private readonly Workplace _place = new();
    private readonly Drafts _drafts;

    public Drafting_from_any_file() => _drafts = new Drafts(_place);

    public void Dispose() => _place.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Leaves_out_columns_that_a_benchmark_cannot_hold_and_says_so()
    {
        _place.Warehousing(
            "create table t as select i as \"order\", [i] as l, {'a': i} as s, map {'k': i} as m, [i]::int[1] as ar, "
            + "union_value(u := i) as un, interval (i) day as term, '10:00:00+01'::timetz as at, uuid() as id, "
            + "'x'::enum ('x', 'y') as e, 'ab'::blob as raw, true as ok, (i * 12345678901234567::hugeint) as h, "
            + "i::decimal(38, 10) as d, '101'::bit as bits, null as nothing from range(40) r(i)");

        var draft = await _drafts.OfAsync(_place.Warehouse, "t");

        draft.Should().Contain(
            """query: "SELECT \"order\", CAST(\"term\" AS VARCHAR) AS \"term\", CAST(\"at\" AS VARCHAR) AS \"at\", """);
        string[] leftOut = ["l LIST", "s STRUCT", "m MAP", "ar ARRAY", "un UNION"];
        foreach (var (name, type) in leftOut.Select(column => (column.Split(' ')[0], column.Split(' ')[1])))
        {
            draft.Should().Contain($"# '{name}' is left out: it is of type {type}");
            _drafts.Remarks.Should().Contain($"'{name}' is left out: it is of type {type}");
        }
        draft.Should().Contain("# of type INTERVAL, which a benchmark has no place for: cast to VARCHAR");
        await _drafts.BecomeVersionOneAsync("value_stream_1/t");
    }

    [Fact(Timeout = 120_000)]
    public async Task Leaves_them_out_of_files_as_well()
    {
        var parquet = _place.InDirectory("lists.parq");
        _place.Warehousing($"copy (select i as id, [i] as tags from range(20) r(i)) to '{parquet}' (format parquet)");
        var json = _place.Write(
            "objects.ndjson", Enumerable.Range(0, 20).Select(i => $$$"""{"n": {{{i}}}, "o": {"p": 1}}"""));

        var draft = await _drafts.OfAsync(parquet, json);

        draft.Should().Contain("# 'tags' is left out: it is of type LIST")
            .And.Contain("# 'o' is left out: it is of type STRUCT");
        await _drafts.BecomeVersionOneAsync();
        Published("lists").Should().StartWith("id\n0\n1\n");
        Published("objects").Should().StartWith("n\n0\n1\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task Refuses_a_table_of_which_no_column_can_be_held()
    {
        _place.Warehousing("create table t as select [i] as l, {'a': i} as s from range(5) r(i)");

        var refusal = await _drafts.RefusedAsync(_place.Warehouse, "t");

        refusal.Should().Contain("t has no column that a benchmark can hold: l is of type LIST, s is of type STRUCT.");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("iso-8859-1", "encoding = 'latin-1'", "line 2, byte 4 (0xFC) is ü in Latin-1")]
    [InlineData("utf-16", "encoding = 'utf-16'", "begins with the mark of UTF-16")]
    public async Task Reads_the_encodings_that_DuckDB_reads(string encoding, string expected, string reason)
    {
        var path = WriteCities("cities.csv", Encoding.GetEncoding(encoding), "Zürich");

        var draft = await _drafts.OfAsync(path);

        draft.Should().Contain(expected).And.Contain(reason);
        _drafts.Remarks.Should().Contain(reason);
        await _drafts.BecomeVersionOneAsync();
        Published("cities").Should().Contain("1,Zürich\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task Says_which_byte_is_of_another_encoding_and_how_to_convert_it()
    {
        byte[] euro = [.. "id,city\n1,Bern\n2,Z"u8, 0xFC, .. "rich "u8, 0x80, (byte)'\n'];
        File.WriteAllBytes(_place.InDirectory("cities.csv"), euro);
        File.WriteAllBytes(_place.InDirectory("mixed.csv"), [.. "id,city\n1,Zürich\n2,Z"u8, 0xFC, .. "rich\n"u8]);
        var bigEndian = WriteCities("big.csv", Encoding.BigEndianUnicode, "Zürich");

        (await _drafts.RefusedAsync(_place.InDirectory("cities.csv"))).Should()
            .Contain("cities.csv is not UTF-8 (line 3, byte 4 (0xFC))")
            .And.Contain("iconv -f WINDOWS-1252 -t UTF-8 < ");
        (await _drafts.RefusedAsync(_place.InDirectory("mixed.csv"))).Should()
            .Contain("mixed.csv is UTF-8 up to line 3, byte 4 (0xFC)");
        (await _drafts.RefusedAsync(bigEndian)).Should().Contain("iconv -f UTF-16BE -t UTF-8 < ");
    }

    [Fact(Timeout = 120_000)]
    public async Task Reads_several_files_with_the_same_columns_as_one()
    {
        var march = _place.InDirectory("2026-03.csv");
        _place.Write("2026-01.csv", ["id,x", .. Enumerable.Range(0, 10).Select(i => $"{i},1")]);
        _place.Write("2026-02.csv", ["x,id", .. Enumerable.Range(10, 10).Select(i => $"2,{i}")]);
        File.WriteAllText(march, "id,x\n20,2.5\n");

        var draft = await _drafts.OfAsync(_place.InDirectory("2026-*.csv"), "--model", "months");

        draft.Should().Contain("2026-*.csv', union_by_name = true)")
            .And.Contain($"'x' is BIGINT in {_place.InDirectory("2026-01.csv")} and DOUBLE in {march}");
        await _drafts.BecomeVersionOneAsync();
        Published("months").Should().StartWith("id,x\n0,1").And.Contain("\n10,2").And.Contain("\n20,2.5");
    }

    [Fact(Timeout = 120_000)]
    public async Task Calls_a_model_after_the_directory_of_its_files()
    {
        Directory.CreateDirectory(_place.InDirectory("loans"));
        foreach (var part in new[] { 1, 2 })
            _place.Warehousing($"copy (select {part} as id) to '{_place.InDirectory($"loans/{part}.parquet")}'");

        await _drafts.OfAsync(_place.InDirectory("loans/*.parquet"));

        await _drafts.BecomeVersionOneAsync("value_stream_1/loans");
        Published("loans").Should().Be("id\n1\n2\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task Names_the_file_and_the_column_that_are_not_like_the_others()
    {
        _place.Write("a-1.csv", ["id,x", "1,2"]);
        _place.Write("a-2.csv", ["id,x", "2,2"]);
        _place.Write("a-3.csv", ["id,y", "3,2"]);
        _place.Write("b-1.csv", ["id,x", "1,2"]);
        _place.Write("b-2.json", ["""{"id": 1, "x": 2}"""]);

        (await _drafts.RefusedAsync(_place.InDirectory("a-*.csv"))).Should()
            .Contain($"{_place.InDirectory("a-1.csv")} has a column 'x', which {_place.InDirectory("a-3.csv")} does");
        (await _drafts.RefusedAsync(_place.InDirectory("b-*"))).Should().Contain("Name files of one form");
    }

    [Fact(Timeout = 120_000)]
    public async Task Reads_a_file_whose_name_looks_like_a_pattern()
    {
        _place.Write("loans1.csv", ["id", "8"]);
        var path = _place.Write("loans[1].csv", ["id", "9"]);

        await _drafts.OfAsync(path);

        await _drafts.BecomeVersionOneAsync();
        Published("loans_1").Should().Be("id\n9\n");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("data.txt", "id\tx\n1\t2\n2\t3\n")]
    [InlineData("data.tsv", "id\tx\n1\t2\n2\t3\n")]
    [InlineData("data", "id|x\n1|2\n2|3\n")]
    [InlineData("data.dat", "[{\"id\": 1, \"x\": 2}, {\"id\": 2, \"x\": 3}]")]
    [InlineData("data.jsonl", "{\"id\": 1, \"x\": 2}\n{\"id\": 2, \"x\": 3}\n")]
    [InlineData("data.parquet", "id,x\n1,2\n2,3\n")]
    public async Task Takes_a_file_for_what_is_in_it(string name, string text)
    {
        File.WriteAllText(_place.InDirectory(name), text);

        await _drafts.OfAsync(_place.InDirectory(name));

        await _drafts.BecomeVersionOneAsync("value_stream_1/data");
        Published("data").Should().Be("id,x\n1,2\n2,3\n");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("data.csv.gz")]
    [InlineData("data.csv")]
    public async Task Reads_what_is_compressed(string name)
    {
        using (var file = new GZipStream(File.Create(_place.InDirectory(name)), CompressionMode.Compress))
            file.Write("id,x\n1,2\n"u8);

        await _drafts.OfAsync(_place.InDirectory(name));

        await _drafts.BecomeVersionOneAsync();
        Published("data").Should().Be("id,x\n1,2\n");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("book.xlsx", "PK\u0003\u0004 and so on", "is an Excel workbook")]
    [InlineData("book.csv", "PK\u0003\u0004 and so on", "is an Excel workbook")]
    [InlineData("data.dta", "<stata_dta><header>", "is a Stata file, which is not read. Read are delimited text")]
    [InlineData("data.bin", "\0\0\0\u0001\0\0", "is no text")]
    [InlineData("data.csv", "", "is empty, without even a header")]
    [InlineData("data.csv", "id,x\n", "has no rows")]
    public async Task Says_what_it_does_not_read(string name, string text, string expected)
    {
        File.WriteAllText(_place.InDirectory(name), text);

        var refusal = await _drafts.RefusedAsync(_place.InDirectory(name));

        refusal.Should().Contain($"{name} {expected}");
    }

    [Fact(Timeout = 120_000)]
    public async Task Names_the_files_of_a_directory()
    {
        Directory.CreateDirectory(_place.InDirectory("data"));
        _place.Write("data/a.csv.gz", ["id"]);
        _place.Write("data/b.parquet", ["id"]);

        var refusal = await _drafts.RefusedAsync(_place.InDirectory("data"));

        refusal.Should().Contain("is a directory, with a.csv.gz, b.parquet.").And.Contain("/data/*.csv.gz'");
    }

    [Fact(Timeout = 120_000)]
    public async Task Says_which_file_or_table_was_probably_meant()
    {
        _place.Write("loans.csv", ["id", "1"]);

        var refusal = await _drafts.RefusedAsync(_place.InDirectory("laons.csv"));

        refusal.Should().Contain($"Did you mean {_place.InDirectory("loans.csv")}?");
    }

    [Fact(Timeout = 120_000)]
    public async Task Tells_a_DuckDB_file_from_an_SQLite_file_whatever_its_name()
    {
        _place.Warehousing("create table t as select 1 as id");
        File.Move(_place.Warehouse, _place.InDirectory("w.db"));

        var draft = await _drafts.OfAsync(_place.InDirectory("w.db"), "t");

        draft.Should().Contain("kind: duckdb");
        await _drafts.BecomeVersionOneAsync("value_stream_1/t");
    }

    [Fact(Timeout = 120_000)]
    public async Task Says_where_names_of_columns_are_not_those_of_the_header()
    {
        var path = _place.Write("names.csv",
        [
            "a,a,A,, b ,\"x \"\"q\"\"\",\"l\nb\",yes,null,1,a: b,#x,",
            "1,2,3,4,5,6,7,8,9,10,11,12,", "2,3,4,5,6,7,8,9,10,11,12,13,",
        ]);

        var draft = await _drafts.OfAsync(path);

        draft.Should().ContainAll(
            "# the header has 'a' more than once", "  a_1: {",
            "# the header has 'a' and 'A', which are one name", "  A_2: {",
            "# column 4 of the header has no name", "  column03: {", "# ' b ' in the header, without its blanks",
            "perhaps a delimiter ends each line", "  column12: {}",
            "\"x \\\"q\\\"\": {", "\"l\\nb\": {", "\"yes\": {", "\"null\": {", "\"1\": {", "\"a: b\": {", "\"#x\": {");
        _drafts.Remarks.Should().Contain("'a_1': the header has 'a' more than once");
        await _drafts.BecomeVersionOneAsync("value_stream_1/names");
    }

    [Fact(Timeout = 120_000)]
    public async Task Says_that_a_file_has_no_header()
    {
        var draft = await _drafts.OfAsync(_place.Write("bare.csv", ["1,2", "3,4"]));

        draft.Should().Contain("bare.csv has no header: its columns are called column0 and so on.");
        await _drafts.BecomeVersionOneAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("6,\"abc", "line 7: a quote is opened and not closed")]
    [InlineData("6,\"a\"b\"", "line 7: a quote is opened and not closed")]
    [InlineData("6,7,8", "line 7 has 3 fields, and the first row 2")]
    public async Task Names_the_line_that_is_broken(string line, string expected)
    {
        string[] lines =
        [
            "id,text", .. Enumerable.Range(1, 5).Select(i => $"{i},\"v{i}\""), line,
            .. Enumerable.Range(7, 20).Select(i => $"{i},\"v{i}\""),
        ];

        var refusal = await _drafts.RefusedAsync(_place.Write("broken.csv", lines));

        refusal.Should().Contain($"broken.csv: {expected}");
    }

    [Fact(Timeout = 120_000)]
    public async Task Says_how_to_make_the_ends_of_lines_alike()
    {
        var path = _place.InDirectory("ends.csv");
        var lines = Enumerable.Range(0, 50).Select(i => $"{i},2{(i < 40 ? "\r" : "")}\n");
        File.WriteAllText(path, $"id,x\r\n{string.Concat(lines)}");

        var refusal = await _drafts.RefusedAsync(path);

        refusal.Should().Contain("ends.csv: some lines end with").And.Contain("tr -d '\\r' < ");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("1.2{0:00},50", ";", "decimal_separator = ',', thousands = '.'", "type: number")]
    [InlineData("\"1,2{0:00}\"", ",", "thousands = ','", "type: integer")]
    [InlineData("1234567890123456789012345678{0:00}", ",", "types = {'x': 'HUGEINT'}", "type: integer")]
    [InlineData("1234567890.01234567{0:00}", ",", "types = {'x': 'DECIMAL(38,10)'}", "type: decimal")]
    [InlineData("{0:00}.12.2025", ";", "dateformat = '%d.%m.%Y'", "type: date")]
    [InlineData("12/{0:00}/2025", ";", "dateformat = '%m/%d/%Y'", "type: date")]
    [InlineData("{0:00}.12.25", ";", "dateformat = '%d.%m.%y'", "type: date")]
    [InlineData("{0:00}.12.2025 10:{0:00}", ";", "timestampformat = '%d.%m.%Y %H:%M'", "type: timestamp")]
    public async Task Reads_numbers_and_dates_as_they_are_written(
        string form, string delimiter, string option, string type)
    {
        var path = _place.Write("forms.csv",
        [
            $"nr{delimiter}x",
            .. Enumerable.Range(1, 28).Select(i => $"{i}{delimiter}{string.Format(null, form, i)}"),
        ]);

        var draft = await _drafts.OfAsync(path);

        draft.Should().Contain($"{option})\"").And.Contain($"# {option}: 'x': ").And.Contain($"x: {{{type}");
        await _drafts.BecomeVersionOneAsync("value_stream_1/forms");
    }

    [Fact(Timeout = 120_000)]
    public async Task Reads_a_column_whose_type_only_a_late_row_shows()
    {
        var path = _place.Write(
            "late.csv", ["id,x", .. Enumerable.Range(0, 60_000).Select(i => $"{i},{i}"), "60000,abc"]);

        var draft = await _drafts.OfAsync(path);

        draft.Should().Contain("types = {'x': 'VARCHAR'}: 'x' is BIGINT in the first rows, VARCHAR in all.");
        await _drafts.BecomeVersionOneAsync("value_stream_1/late");
    }

    [Fact(Timeout = 120_000)]
    public async Task Says_that_the_day_or_the_month_of_a_date_may_be_first()
    {
        var path = _place.Write("days.csv", ["id,d", .. Enumerable.Range(1, 9).Select(i => $"{i},0{i}/07/2026")]);

        var draft = await _drafts.OfAsync(path);

        draft.Should().Contain("no row tells whether the day or the month is first. Write '%m/%d/%Y' if");
        _drafts.Remarks.Should().Contain("no row tells whether the day or the month is first");
        await _drafts.BecomeVersionOneAsync();
        Published("days").Should().Contain("2,2026-07-02\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task Changes_no_texts_for_the_sake_of_numbers()
    {
        var path = _place.Write("lists.csv",
            ["id,x,list", .. Enumerable.Range(0, 30).Select(i => $"{i},\"1,{200 + i}.50\",\"1,2\"")]);

        var draft = await _drafts.OfAsync(path);

        draft.Should().Contain("list: {type: string").And.NotContain("thousands =")
            .And.Contain("numbers that are read as text");
        await _drafts.BecomeVersionOneAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Sees_a_header_above_decimal_commas()
    {
        var path = _place.Write("ab.csv", ["a;b", .. Enumerable.Range(0, 30).Select(i => $"{i},5;{i},25")]);

        var draft = await _drafts.OfAsync(path);

        draft.Should().Contain("delim = ';', header = true, decimal_separator = ','");
        await _drafts.BecomeVersionOneAsync();
        Published("ab").Should().StartWith("a,b\n0.5,0.25\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task Says_nothing_of_the_type_of_a_column_without_values()
    {
        var path = _place.Write("gaps.csv", ["id,x", .. Enumerable.Range(0, 30).Select(i => $"{i},")]);

        var draft = await _drafts.OfAsync(path);

        draft.Should().Contain("# no row has a value\n          x: {}\n");
        await _drafts.BecomeVersionOneAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Drafts_two_hundred_columns()
    {
        int[] columns = [.. Enumerable.Range(0, 200)];
        var path = _place.Write("wide.csv",
        [
            string.Join(',', columns.Select(i => $"c{i}")),
            .. Enumerable.Range(0, 60).Select(row => string.Join(',', columns.Select(i => row * i % 97))),
        ]);

        await _drafts.OfAsync(path);

        await _drafts.BecomeVersionOneAsync("value_stream_1/wide");
    }

    private string WriteCities(string name, Encoding encoding, string city)
    {
        File.WriteAllText(_place.InDirectory(name), $"id,city\n1,{city}\n2,Bern\n", encoding);
        return _place.InDirectory(name);
    }

    private string Published(string model) =>
        File.ReadAllText(_place.OnVolume($"value_stream_1/{model}/benchmark.csv"));
}
