namespace Benchmark.Cli.Tests;

/// <summary><c>benchmark init</c>.</summary>
public sealed class Drafting_a_registry : IDisposable
{
    private readonly Workplace _place = new();
    private readonly Drafts _drafts;

    public Drafting_a_registry() => _drafts = new Drafts(_place);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Drafts_what_check_and_refresh_take_as_it_is()
    {
        var data = WriteApplications();

        var draft = await _drafts.OfAsync("--from", data, "--value-stream", "credit");

        draft.Should().ContainAll(
            "kind: duckdb", "files: [\"", "credit:", "applications:", "key: [application_id]",
            "application_id: {type: integer, required: true, drift: off}",
            "grade: {type: string, required: true, values: [A, B, \"no\"]}",
            "age: {type: integer, min: 0, max: 100}",
            "taken_on: {type: date, required: true, role: as_of}",
            "opened: {type: date, required: true, drift: off}",
            "remark: {type: string, required: true, drift: off}",
            "pd: {type: number, required: true, role: score, min: 0, max: 1}",
            "income: {type: integer, required: true, min: 0, max: 5000, drift: {special: [-999]}}");
        await _drafts.BecomeVersionOneAsync("credit/applications");
    }

    [Fact]
    public async Task Gives_the_reason_of_each_guess()
    {
        var draft = await _drafts.OfAsync("--from", WriteApplications());

        draft.Should().ContainAll(
            "# no value in 10 of 200 rows; 20 to 69 seen", "named like a score", "in every row; max_age: 40d",
            "-999 in 20 rows may be codes", "200 different texts", "key: [application_id]   # diff");
    }

    [Fact]
    public async Task Reads_tables_of_a_database_and_names_them_by_its_schema()
    {
        _place.Warehousing(
            "create schema risk; create table risk.lgd as select i as id, i % 3 as n from range(60) r(i); create "
            + "table risk.\"two words\" as select 1.5 as x from range(3)");

        var tables = await _place.RunAsync("init", "--from", _place.Warehouse);
        var draft = await _drafts.OfAsync(
            "--connection", $"Data Source={_place.Warehouse}", "--from", "risk.lgd", "--from", "risk.\"two words\"");

        tables.ExitCode.Should().Be(0, tables.Error);
        tables.Output.Should().Be("risk.\"two words\"\nrisk.lgd\n");
        tables.Error.Should().Contain($"init {_place.Warehouse} 'risk.\"two words\"'");
        draft.Should().Contain("table: risk.lgd").And.Contain("table: \"risk.\\\"two words\\\"\"");
        await _drafts.BecomeVersionOneAsync("value_stream_1/lgd", "value_stream_1/two_words");
    }

    [Fact]
    public async Task Takes_the_sources_of_the_registry_that_is_there()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");

        var tables = await _place.RunAsync("init", "--json");
        var draft = await _drafts.OfAsync("--from", "a", "--model", "b");

        tables.Json[0].GetProperty("from").GetString().Should().Be("a");
        tables.Json[0].GetProperty("source").GetString().Should().Be("warehouse");
        draft.Should().Contain("b:").And.Contain("source: warehouse");
    }

    [Fact]
    public async Task Drafts_the_demo_s_tables()
    {
        var directory = _place.InDirectory("demo");
        var demo = await BenchmarkCommand.RunAsync(
            ["demo", "--dir", directory], new Terminal(TextWriter.Null, TextWriter.Null), CancellationToken.None);

        var draft = await _drafts.OfAsync(
            "--connection", $"Data Source={directory}/warehouse.duckdb", "--from", "VALUE_STREAM_1.MODEL_X");

        demo.Should().Be(0);
        draft.Should().Contain("key: [application_id]").And.Contain("bureau_score: {type: integer, ")
            .And.Contain("role: score");
        await _drafts.BecomeVersionOneAsync("value_stream_1/model_x");
    }

    [Fact]
    public async Task Takes_months_as_numbers_or_texts_for_what_they_are()
    {
        var data = _place.Write("m.csv",
        [
            "id,month,obs,quarter", .. Enumerable.Range(0, 50).Select(i => $"{i},2024-01,202401{1 + i % 28:00},2024Q1"),
        ]);

        var draft = await _drafts.OfAsync("--from", data);

        foreach (var column in new[] { "month: {type: string", "obs: {type: integer", "quarter: {type: string" })
            draft.Should().Contain($"{column}, required: true, drift: off}}");
    }

    [Fact]
    public async Task Finds_codes_that_hide_each_other_and_values_that_are_no_number()
    {
        _place.Warehousing(
            "create table c as select i as id, case i % 20 when 0 then -999 when 1 then -998 else i % 60 end as b, "
            + "case when i % 9 = 0 then 'NaN'::double else i::double end as x from range(600) r(i)");

        var draft = await _drafts.OfAsync("--connection", $"Data Source={_place.Warehouse}", "--from", "c");

        draft.Should().Contain("b: {type: integer, required: true, min: 0, max: 100, drift: {special: [-999, -998]}}")
            .And.Contain("and NaN, which no range has").And.Contain("x: {type: number}");
        await _drafts.BecomeVersionOneAsync("value_stream_1/c");
    }

    [Fact]
    public async Task Reads_numbers_with_a_decimal_comma()
    {
        var data = _place.Write("eu.csv", ["nr;pd", .. Enumerable.Range(0, 50).Select(i => $"{i};0,{100 + i}")]);

        var draft = await _drafts.OfAsync("--from", data);

        draft.Should().Contain("decimal_separator = ','").And.Contain("pd: {type: number, required: true, role: score");
        await _drafts.BecomeVersionOneAsync("value_stream_1/eu");
    }

    [Fact]
    public async Task Guesses_no_rules_from_a_few_rows()
    {
        var draft = await _drafts.OfAsync("--from", _place.Write("few.csv", ["id,x", "1,5", "2,6"]));

        draft.Should().Contain("x: {type: integer, required: true}").And.Contain("Too few rows");
        await _drafts.BecomeVersionOneAsync("value_stream_1/few");
    }

    [Fact]
    public async Task Finds_a_key_of_an_id_and_a_date()
    {
        _place.Warehousing(
            "create table m as select i // 3 as customer_id, date '2026-01-31' + to_months(i % 3)::interval as month "
            + "from range(90) r(i)");

        var draft = await _drafts.OfAsync("--connection", $"Data Source={_place.Warehouse}", "--from", "m");

        draft.Should().Contain("key: [customer_id, month]");
    }

    [Theory]
    [InlineData("There is no file data.csv.", "--from", "data.csv")]
    [InlineData("There is no file risk/lgd.", "risk/lgd")]
    [InlineData("No file matches zz-*.csv. It was looked for in", "zz-*.csv")]
    [InlineData("is an address", "https://bank.example/data.csv")]
    [InlineData("Which database?", "--from", "risk.lgd")]
    [InlineData("is a secret, which does not belong in a file", "--connection", "Host=h;Password=x", "--from", "a")]
    [InlineData("--kind snowflake, --kind duckdb", "--connection", "Data Source=x", "--from", "a")]
    [InlineData("No model may be named 'shared_data'", "--connection", "Data Source=x.duckdb", "--from", "shared_data")]
    [InlineData("'a b' is not a name", "--connection", "Data Source=x.duckdb", "--from", "a", "--model", "a b")]
    public async Task Says_what_is_missing(string expected, params string[] args)
    {
        var result = await _place.RunAsync(["init", .. args, "--output", _place.InDirectory("draft.yaml")]);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(expected);
        File.Exists(_place.InDirectory("draft.yaml")).Should().BeFalse();
    }

    [Fact]
    public async Task Quotes_names_that_YAML_would_take_for_something_else()
    {
        var data = _place.Write("on.csv", ["yes,a: b,#c", "1,2,3", "2,3,4"]);

        var draft = await _drafts.OfAsync("--from", data, "--value-stream", "123");

        draft.Should().ContainAll("\"123\":", "\"on\":", "\"yes\": {", "\"a: b\": {", "\"#c\": {");
        await _drafts.BecomeVersionOneAsync("123/on");
    }

    [Fact]
    public async Task Overwrites_no_draft_and_no_registry()
    {
        var data = WriteApplications();
        await _drafts.OfAsync("--from", data);

        var again = await _place.RunAsync("init", "--from", data, "--output", _drafts.Path);

        again.ExitCode.Should().Be(1);
        again.Error.Should().Contain("is there already");
    }

    [Fact]
    public async Task Names_the_table_that_is_not_there()
    {
        _place.Warehousing("create table lgd as select 1 as id");

        var result = await _place.RunAsync(
            "init", "--connection", $"Data Source={_place.Warehouse}", "--from", "ldg", "--output", _drafts.Path);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("Did you mean 'lgd'?");
    }

    // An id, a grade that YAML would take for false, an age that is missing at times, the day of the extract, other
    // days, free text, a probability, and an income with a code.
    private string WriteApplications() => _place.Write("applications.csv",
    [
        "application_id,grade,age,taken_on,opened,remark,pd,income",
        .. Enumerable.Range(0, 200).Select(i =>
            $"{1000 + i},{(i % 3) switch { 0 => "A", 1 => "B", _ => "no" }},{(i % 20 == 0 ? "" : 20 + i % 50)},"
            + $"2026-10-31,2026-0{1 + i % 9}-15,remark {i},{(i % 90) / 100.0:0.00},"
            + $"{(i % 10 == 0 ? -999 : 1000 + i * 17)}"),
    ]);
}
