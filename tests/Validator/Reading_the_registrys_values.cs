using Benchmark.Contracts.Registry;
using Benchmark.Data;

namespace Benchmark.Validator.Tests;

/// <summary>
/// What the registry accepts as a limit or an allowed value means the same to the check that applies it.
/// </summary>
public sealed class Reading_the_registrys_values : IDisposable
{
    private static readonly string[] s_texts =
    [
        "7", "-7", "007", "+10", "-0", "10.", ".5", "-.5", "0.5", "1e6", "1E6", ".5e1", "1e400", "1,5", " 5", "5 ",
        "0x10", "1_000",
        "NaN", "nan", "Infinity", "-Infinity", "inf", "12345678901234567890123456789",
        "0.1234567890123456789012345678901",
        "2026-01-31", "2026-1-31", "31.01.2026", "2026-02-30", "2026-01-31T10:00:00", "2026-01-31 10:00:00",
        "2026-01-31T10:00:00Z",
        "2026-01-31T10:00:00+02:00", "2026-01-31T10:00:00.12345678", "2026-01-31T24:00:00", "10:00:00", "10:00",
        "24:00:00", "10:00:00.5",
        "true", "True", "TRUE", "1", "0", "yes", "aGVsbG8=", "aGVsbG8", "a b", "text", "",
    ];

    private readonly StagedModel _model = new();
    private readonly string _registry = Path.Combine(Path.GetTempPath(), $"registry-{Guid.NewGuid():N}.yaml");

    public static TheoryData<ColumnType> Types => new(Enum.GetValues<ColumnType>());

    public void Dispose()
    {
        _model.Dispose();
        File.Delete(_registry);
    }

    [Theory, MemberData(nameof(Types))]
    public void Accepts_as_an_allowed_value_what_the_column_may_hold(ColumnType type)
    {
        foreach (var text in s_texts)
        {
            var accepted = RegistryAccepts($"type: {type.Word()}, values: [{Quoted(text)}]");

            // The value that is allowed is the one in the row: it is of the type, and it is found.
            var fits = Failures(type, text, new ColumnRule { Name = "value", Values = [text] }) is [];
            accepted.Should().Be(fits, "{0} as an allowed value of a column of type {1}", Quoted(text), type.Word());
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void Accepts_as_a_limit_what_the_column_can_be_compared_with(ColumnType type)
    {
        foreach (var text in s_texts.Where(text => text is not ""))
        {
            var accepted = RegistryAccepts($"type: {type.Word()}, min: {Quoted(text)}, max: {Quoted(text)}");

            var fits = Failures(type, text, new ColumnRule { Name = "value", Min = text, Max = text }) is [];
            accepted.Should().Be(fits, "{0} as a limit of a column of type {1}", Quoted(text), type.Word());
        }
    }

    [Theory]
    [InlineData("decimal", "1e6", "the registry's allowed value 1e6 is not a decimal number")]
    [InlineData("integer", "007", "the registry's allowed value 007 is not an integer")]
    [InlineData("date", "31.01.2026", "the registry's allowed value 31.01.2026 is not a date (yyyy-MM-dd)")]
    [InlineData("boolean", "yes", "the registry's allowed value yes is not true or false")]
    public void Says_so_when_an_allowed_value_cannot_be_of_the_type_that_the_source_gives(
        string type, string value, string problem)
    {
        _model.Columns = $"value:{type}";
        _model.Rule(new ColumnRule { Name = "value", Values = [value] });

        var report = _model.ReportRows([""]);

        report.Failed().Should().Equal("values value");
        report.Of("values").Message.Should().Be($"Column value: {problem}. Correct the registry.");
    }

    [Theory, MemberData(nameof(Types))]
    public void Accepts_as_a_code_or_an_edge_what_the_column_can_have(ColumnType type)
    {
        foreach (var text in s_texts.Where(text => text is not ""))
        {
            var code = RegistryAccepts($"type: {type.Word()}, drift: {{special: [{Quoted(text)}]}}");
            var edge = RegistryAccepts($"type: {type.Word()}, drift: {{edges: [{Quoted(text)}]}}");

            Fits(new ChosenBins { Special = [text] }).Should().Be(
                code, "{0} as a code of a column of type {1}", text, type.Word());
            Fits(new ChosenBins { Edges = [text] }).Should().Be(
                edge, "{0} as an edge of a column of type {1}", text, type.Word());
        }

        bool Fits(ChosenBins bins) =>
            !Failures(type, "", new ColumnRule { Name = "value", Bins = bins }).Contains("schema value");
    }

    [Theory]
    [InlineData("date", "the edge 5 is not a date (yyyy-MM-dd)")]
    [InlineData("string", "a column of type string has no edges")]
    public void Says_so_when_edges_cannot_be_of_the_type_that_the_source_gives(string type, string problem)
    {
        _model.Columns = $"value:{type}";
        _model.Rule(new ColumnRule { Name = "value", Bins = new ChosenBins { Edges = ["5"] } });
        _model.Force = true;

        var report = _model.ReportRows([""]);

        report.Failed().Should().Equal("schema value");
        report.Of("schema", "value").Message.Should().Be($"Column value: {problem}. Correct the registry.");
    }

    private bool RegistryAccepts(string column)
    {
        File.WriteAllText(_registry, $$$"""
            version: 1
            sources: {s: {kind: sqlite, connection: "x"}}
            value_streams: {vs: {models: {m: {table: t, columns: {value: { {{{column}}} } } } } } }
            """);
        try
        {
            RegistryReader.Read(_registry, new Dictionary<string, string?>(), _model.Layout.Root);
            return true;
        }
        catch (RegistryException)
        {
            return false;
        }
    }

    private IReadOnlyList<string> Failures(ColumnType type, string text, ColumnRule rule)
    {
        _model.Columns = $"value:{type}";
        _model.Definition = _model.Definition with { Columns = [] };
        _model.Rule(rule);
        return [.. _model.ReportRows([Field(text)]).Failed()];
    }

    private static string Field(string text) => text is "" || text.Contains(',') ? $"\"{text}\"" : text;

    private static string Quoted(string text) => $"\"{text}\"";
}
