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
        _drafts.Published("lists").Should().StartWith("id\n0\n1\n");
        _drafts.Published("objects").Should().StartWith("n\n0\n1\n");
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
        _drafts.Published("cities").Should().Contain("1,Zürich\n");
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
        _drafts.Published("months").Should().StartWith("id,x\n0,1").And.Contain("\n10,2").And.Contain("\n20,2.5");
    }

    [Fact(Timeout = 120_000)]
    public async Task Calls_a_model_after_the_directory_of_its_files()
    {
        Directory.CreateDirectory(_place.InDirectory("loans"));
        foreach (var part in new[] { 1, 2 })
            _place.Warehousing($"copy (select {part} as id) to '{_place.InDirectory($"loans/{part}.parquet")}'");

        await _drafts.OfAsync(_place.InDirectory("loans/*.parquet"));

        await _drafts.BecomeVersionOneAsync("value_stream_1/loans");
        _drafts.Published("loans").Should().Be("id\n1\n2\n");
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
        _drafts.Published("loans_1").Should().Be("id\n9\n");
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
        _drafts.Published("data").Should().Be("id,x\n1,2\n2,3\n");
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
        _drafts.Published("data").Should().Be("id,x\n1,2\n");
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

    private string WriteCities(string name, Encoding encoding, string city)
    {
        File.WriteAllText(_place.InDirectory(name), $"id,city\n1,{city}\n2,Bern\n", encoding);
        return _place.InDirectory(name);
    }
}
