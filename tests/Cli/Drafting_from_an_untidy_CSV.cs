namespace Benchmark.Cli.Tests;

/// <summary><c>benchmark init</c> of a CSV file as people and programs write it.</summary>
public sealed class Drafting_from_an_untidy_CSV : IDisposable
{
    private readonly Workplace _place = new();
    private readonly Drafts _drafts;

    public Drafting_from_an_untidy_CSV() => _drafts = new Drafts(_place);

    public void Dispose() => _place.Dispose();

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
        _drafts.Published("days").Should().Contain("2,2026-07-02\n");
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
        _drafts.Published("ab").Should().StartWith("a,b\n0.5,0.25\n");
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
}
