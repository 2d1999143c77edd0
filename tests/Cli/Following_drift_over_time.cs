namespace Benchmark.Cli.Tests;

/// <summary><c>benchmark psi</c> on a directory of monthly files, and on the versions of a model.</summary>
public sealed class Following_drift_over_time : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Compares_every_file_of_a_directory_in_the_order_of_their_names()
    {
        var reference = _place.Write(
            "reference.csv", ["x,g", .. Enumerable.Range(0, 1000).Select(i => $"{i},{i % 3}")]);
        Directory.CreateDirectory(_place.InDirectory("months"));
        foreach (var month in new[] { 3, 1, 2 })
            _place.Write($"months/2026-{month:00}.csv",
                ["x,g", .. Enumerable.Range(0, 1000).Select(i => $"{i + month * 200}.0,{i % 3}")]);

        var json = await _place.RunAsync("psi", reference, _place.InDirectory("months"), "--json");
        var lines = await _place.RunAsync("psi", reference, _place.InDirectory("months"));

        var months = json.Json.GetProperty("moments").EnumerateArray().ToList();
        months.Select(month => month.GetProperty("name").GetString())
            .Should().Equal("2026-01.csv", "2026-02.csv", "2026-03.csv");
        months.Select(month => month.GetProperty("columns")[0].GetProperty("psi").GetDouble())
            .Should().BeInAscendingOrder();
        lines.Output.Should().StartWith("column\t2026-01.csv\t2026-02.csv\t2026-03.csv\nx\t")
            .And.Contain("\ng\t0.000 stable\t0.000 stable\t0.000 stable\n");
        lines.Error.Split('\n').Count(line => line.StartsWith("Reference ", StringComparison.Ordinal)).Should().Be(1);
        lines.Error.Split('\n').Count(line => line.StartsWith("Current ", StringComparison.Ordinal)).Should().Be(3);
        lines.ExitCode.Should().Be(2, "x moved");
    }

    [Fact]
    public async Task Leaves_out_of_a_directory_what_is_no_data()
    {
        string[] rows = ["x,g", .. Enumerable.Range(0, 1000).Select(i => $"{i},{i % 3}")];
        var reference = _place.Write("reference.csv", rows);
        Directory.CreateDirectory(_place.InDirectory("months"));
        _place.Write("months/2026-01.csv", rows);
        _place.Write("months/2026-02", rows);
        _place.Write("months/README.md", ["# Months", "", "One file a month, \"as delivered, without changes."]);
        _place.Write("months/notes.txt", ["who", "nobody"]);

        var result = await _place.RunAsync("psi", reference, _place.InDirectory("months"), "--json");
        _place.Write("months/2026-03.csv", ["who", "nobody"]);
        var broken = await _place.RunAsync("psi", reference, _place.InDirectory("months"));

        result.ExitCode.Should().Be(0);
        result.Json.GetProperty("moments").EnumerateArray().Select(month => month.GetProperty("name").GetString())
            .Should().Equal("2026-01.csv", "2026-02");
        result.Json.GetProperty("left_out").EnumerateArray().Select(name => name.GetString())
            .Should().Equal("README.md", "notes.txt");
        result.Error.Should().Contain("README.md is left out: it is no table with a column of");
        broken.ExitCode.Should().Be(1, "a file of data that cannot be compared is a mistake");
    }

    [Fact]
    public async Task Compares_the_versions_of_a_model_with_the_oldest()
    {
        _place.Registers("m: {table: m, drift: {fail: 100}}");
        foreach (var month in new[] { 0, 1, 2 })
        {
            _place.Warehousing($"create or replace table m as select range + {month * 100} as score from range(1000)");
            (await _place.RunAsync("refresh", "--all")).ExitCode.Should().Be(0);
        }

        var result = await _place.RunAsync("psi", "vs/m", "--history", "--json");

        result.Json.GetProperty("reference").GetString().Should().Be("vs/m version 1");
        var versions = result.Json.GetProperty("moments").EnumerateArray().ToList();
        versions.Select(version => version.GetProperty("name").GetString()).Should().Equal("version 2", "version 3");
        versions.Select(version => version.GetProperty("columns")[0].GetProperty("psi").GetDouble())
            .Should().BeInAscendingOrder();
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Says_of_each_file_how_it_was_read()
    {
        var reference = _place.Write("reference.csv", ["x", .. Enumerable.Range(0, 1000).Select(i => $"{i}")]);
        Directory.CreateDirectory(_place.InDirectory("months"));
        _place.Write("months/1.csv", ["x;y", .. Enumerable.Range(0, 1000).Select(i => $"{i},0;1")]);

        var result = await _place.RunAsync(
            "psi", reference, _place.InDirectory("months"), "--special", "2024-01-31", "--json");
        var unknown = await _place.RunAsync(
            "psi", reference, _place.InDirectory("months"), "--type", "typo=number");

        result.Json.GetProperty("moments")[0].GetProperty("reading").GetProperty("current").GetProperty("delimiter")
            .GetString().Should().Be(";");
        result.Error.Should().Contain("--special 2024-01-31: no column can hold it.");
        unknown.ExitCode.Should().Be(1);
        unknown.Error.Should().Contain("There is no column typo.");
    }

    [Theory]
    [InlineData("--bins", "5")]
    [InlineData("--na", "none")]
    [InlineData("--type", "x=number")]
    [InlineData("--encoding", "latin-1")]
    public async Task Refuses_options_of_files_for_versions(string option, string value)
    {
        var result = await _place.RunAsync("psi", "vs/m", "--history", option, value);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain($"are frozen in their profile.json: leave out {option}.");
    }

    [Fact]
    public async Task Fails_when_no_column_of_any_version_can_be_compared()
    {
        _place.Registers("m: {table: m, drift: {fail: 100}}");
        foreach (var month in new[] { 0, 1 })
        {
            _place.Warehousing($"create or replace table m as select range + {month} as score from range(1000)");
            (await _place.RunAsync("refresh", "--all")).ExitCode.Should().Be(0);
        }

        var result = await _place.RunAsync("psi", "vs/m", "--history", "--column", "typo");

        result.ExitCode.Should().Be(1);
        result.Output.Should().BeEmpty();
        result.Error.Should().Contain("There is no column typo to compare. Columns are score.");
    }

    [Fact]
    public async Task Says_that_there_is_nothing_to_compare()
    {
        _place.Registers("m: {table: m}");
        _place.Warehousing("create table m as select range as score from range(1000)");
        (await _place.RunAsync("refresh", "--all")).ExitCode.Should().Be(0);
        var file = _place.Write("a.csv", ["score", "1"]);
        Directory.CreateDirectory(_place.InDirectory("none"));

        var history = await _place.RunAsync("psi", "vs/m", "--history");
        var nothing = await _place.RunAsync("psi", "vs/m");
        var empty = await _place.RunAsync("psi", file, _place.InDirectory("none"));

        history.Error.Should().Contain("has one version");
        nothing.Error.Should().Contain("Name the file to compare");
        empty.Error.Should().Contain("has no files");
        new[] { history.ExitCode, nothing.ExitCode, empty.ExitCode }.Should().Equal(1, 1, 1);
    }
}
