using System.Text.Json;

namespace Benchmark.Cli.Tests;

/// <summary><c>benchmark psi</c> on values that can be mistaken for others.</summary>
public sealed class Taking_values_for_what_they_are : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    public async Task The_empty_text_is_missing_as_nothing_is(string empty)
    {
        var reference = Write("a.csv", "x,y", i => i % 2 == 0 ? $"{empty},1" : "A,1");
        var current = Write("b.csv", "x,y", i => i % 2 == 0 ? ",1" : "A,1");

        var result = await _place.RunAsync("psi", reference, current, "--column", "x", "--json");

        PsiOf(result).Should().Be(0);
    }

    [Theory]
    [InlineData("INFINITY")]
    [InlineData("+infinity")]
    [InlineData("-INF")]
    public async Task An_infinity_is_missing_in_any_spelling(string infinity)
    {
        var reference = Write("a.csv", "x", i => i % 2 == 0 ? $"{infinity}" : $"{i}");
        var current = Write("b.csv", "x", i => i % 2 == 0 ? "inf" : $"{i}");

        var result = await _place.RunAsync("psi", reference, current, "--json");

        PsiOf(result).Should().Be(0);
        Bins(result).Single(bin => bin.GetProperty("bin").GetString() == "missing")
            .GetProperty("expected").GetInt64().Should().Be(500);
    }

    [Fact]
    public async Task Codes_of_many_digits_are_different_categories()
    {
        var file = Write("a.csv", "code", i => $"{12345678901234560 + i % 8}");

        var result = await _place.RunAsync("psi", file, file, "--categorical", "code", "--json");

        Bins(result).Select(bin => bin.GetProperty("bin").GetString()).Should().Equal(
            [.. Enumerable.Range(0, 8).Select(i => $"{12345678901234560 + i}"), "unseen", "missing"]);
    }

    [Fact]
    public async Task Numbers_with_thousands_alone_have_the_decimal_mark_that_was_told()
    {
        var file = Write("a.csv", "x", i => $"{1 + i % 90}.{100 + i % 800}");

        var result = await _place.RunAsync(
            "psi", file, file, "--decimal", ",", "--type", "x=number", "--bins", "equal-width", "--json");

        Bins(result)[^2].GetProperty("bin").GetString().Should().Be("(81847.1, ∞)");
    }

    [Fact]
    public async Task Texts_of_a_published_model_are_texts_whatever_they_look_like()
    {
        await PublishAsync("select range as id, '1,' || range % 9 as code from range(1000)");
        var current = Write("b.csv", "id,code", i => $"{i},\"1,{i % 9}\"");

        var result = await _place.RunAsync("psi", "vs/m", current, "--json");

        PsiOf(result).Should().Be(0);
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task True_is_not_the_1_of_a_published_model()
    {
        await PublishAsync("select range as id, range % 2 as flag from range(1000)");
        var current = Write("b.csv", "id,flag", i => i % 2 == 0 ? $"{i},false" : $"{i},true");

        var result = await _place.RunAsync("psi", "vs/m", current);

        result.Error.Should().Contain("flag is not compared").And.Contain("write it as the benchmark has it");
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Digits_that_begin_with_0_are_no_number_in_groups()
    {
        var file = Write("a.csv", "phone", i => $"044 123 45{i % 9}");

        var result = await _place.RunAsync("psi", file, file, "--json");

        result.ExitCode.Should().Be(0);
        Bins(result).Should().HaveCount(11);
    }

    [Theory]
    [InlineData("another", "not comparable")]
    [InlineData("none of them", "moved")]
    public async Task A_column_of_which_most_is_in_other_is_not_stable(string other, string band)
    {
        var reference = Write("a.csv", "x", i => i < 120 ? "A" : $"employer {i}");
        var current = Write("b.csv", "x", i => i < 120 ? "A" : band == "moved" ? other : $"{other} {i}");

        var result = await _place.RunAsync("psi", reference, current, "--json");

        result.Json.GetProperty("columns")[0].GetProperty("band").GetString().Should().Be(band);
    }

    [Fact]
    public async Task A_told_word_for_missing_is_known_by_its_value()
    {
        var reference = Write("a.csv", "x", i => i % 10 == 0 ? "-999" : $"{i}");
        var current = Write("b.csv", "x", i => i % 10 == 0 ? "-999.0" : $"{i}.0");

        var result = await _place.RunAsync("psi", reference, current, "--na", "-999", "--json");

        PsiOf(result).Should().Be(0);
    }

    [Fact]
    public async Task A_few_postcodes_that_begin_with_0_make_all_of_them_codes()
    {
        var file = Write("a.csv", "zip", i => i % 20 == 0 ? "01234" : $"{10000 + i % 12}");

        var result = await _place.RunAsync("psi", file, file, "--json");

        Bins(result).Select(bin => bin.GetProperty("bin").GetString()).Should().Contain("01234").And.HaveCount(15);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dates_are_not_compared_with_numbers(bool numbersFirst)
    {
        var dates = Write("a.csv", "day", i => $"2024-01-{1 + i % 28:00}");
        var numbers = Write("b.csv", "day", i => $"202401{1 + i % 28:00}");

        var refused = numbersFirst
            ? await _place.RunAsync("psi", numbers, dates) : await _place.RunAsync("psi", dates, numbers);
        var told = await _place.RunAsync("psi", dates, numbers, "--date-format", "%Y%m%d", "--json");

        refused.Error.Should().Contain("Column day is not compared").And.Contain("--date-format");
        refused.ExitCode.Should().Be(1);
        PsiOf(told).Should().Be(0);
    }

    [Fact]
    public async Task One_date_in_all_rows_says_when_the_data_was_taken()
    {
        var reference = Write("a.csv", "x,snapshot", i => $"{i},2026-10-31");
        var current = Write("b.csv", "x,snapshot", i => $"{i},2026-11-30");

        var result = await _place.RunAsync("psi", reference, current);

        result.Error.Should().Contain("Column snapshot is not compared: every value was 2026-10-31");
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Amounts_outside_the_reference_are_told_though_no_bin_shows_them()
    {
        var reference = Write("a.csv", "x", i => i % 20 == 0 ? $"{10 + i}" : "0");
        var current = Write("b.csv", "x", i => i % 20 == 0 ? $"{(10 + i) * 100}" : "0");

        var result = await _place.RunAsync("psi", reference, current);

        result.Error.Should().Contain("Column x: 5.0 % of the rows are outside the reference's range, 0 to 990.");
    }

    private async Task PublishAsync(string query)
    {
        _place.Warehousing($"create table m as {query}");
        _place.Registers("m: {table: m, key: [id]}");
        (await _place.RunAsync("refresh", "--all")).ExitCode.Should().Be(0);
    }

    private string Write(string name, string header, Func<int, string> row) =>
        _place.Write(name, [header, .. Enumerable.Range(0, 1000).Select(row)]);

    private static double PsiOf(CommandResult result) =>
        result.Json.GetProperty("columns")[0].GetProperty("psi").GetDouble();

    private static List<JsonElement> Bins(CommandResult result) =>
        [.. result.Json.GetProperty("columns")[0].GetProperty("bins").EnumerateArray()];
}
