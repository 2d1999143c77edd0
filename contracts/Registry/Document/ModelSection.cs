using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Benchmark.Data;

namespace Benchmark.Contracts.Registry.Document;

[Description(
    "One model: where its rows come from and the rules they must meet. Give exactly one of table, query and "
    + "query_file.")]
internal sealed class ModelSection : DefaultsSection
{
    [Description("The table to read in full, with dots between the parts of its name.")]
    public string? Table { get; set; }

    [Description("The SELECT to run.")]
    public string? Query { get; set; }

    [Description("A file with the SELECT, relative to this file.")]
    public string? QueryFile { get; set; }

    [Description("The columns of the unique key; none may be NULL.")]
    public IReadOnlyList<Written>? Key { get; set; }

    [RegularExpression(@"\S", ErrorMessage = "a column's name")]
    [Description("The rules for columns, by name; a column not listed is still profiled.")]
    public IReadOnlyDictionary<string, ColumnSection>? Columns { get; set; }
}

[Description("The rules for one column.")]
internal sealed class ColumnSection : Section
{
    [Description("The type of every value. Default: the source's type.")]
    public ColumnType? Type { get; set; }

    [DefaultValue(false)]
    [Description("Whether every row must have a value.")]
    public bool? Required { get; set; }

    [AllowedValues("score")]
    [Description("score: the model's score, whose drift is called PSI; the drift of every other column is called CSI.")]
    public string? Role { get; set; }

    [Description("Smallest allowed value: a number, date, timestamp or time, written as in the CSV.")]
    public Written? Min { get; set; }

    [Description("Largest allowed value: a number, date, timestamp or time, written as in the CSV.")]
    public Written? Max { get; set; }

    [Description("The allowed values. Numbers, dates and times are compared by value: 1.0 allows 1.")]
    public IReadOnlyList<Written>? Values { get; set; }

    [Description("Drift limits of this column, or off.")]
    public ColumnDriftSection? Drift { get; set; }
}

[Description("Drift limits of one column, or off.")]
internal sealed class ColumnDriftSection : DriftSection
{
    /// <summary>YAML 1.1 reads <c>off</c> as <c>false</c>, so both are accepted.</summary>
    internal static readonly string[] OffWords = ["off", "false"];

    internal bool IsOff { get; private set; }

    internal override bool TryTakeWord(string word) => IsOff = OffWords.Contains(word);
}

/// <summary>Text with its place in the file: a list item, or a value whose form depends on another key.</summary>
internal sealed record Written(string Text, Place Place);
