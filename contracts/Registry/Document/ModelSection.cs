using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Benchmark.Data;

namespace Benchmark.Contracts.Registry.Document;

[Description("One model: where its rows are, and the rules that they must keep. Exactly one of table, query and query_file.")]
internal sealed class ModelSection : DefaultsSection
{
    [Description("The table to read whole, with dots between its parts.")]
    public string? Table { get; set; }

    [Description("The SELECT to run.")]
    public string? Query { get; set; }

    [Description("The file that holds the SELECT, relative to this file.")]
    public string? QueryFile { get; set; }

    [Description("Columns that are unique together and never NULL.")]
    public IReadOnlyList<Written>? Key { get; set; }

    [RegularExpression(@"\S", ErrorMessage = "a column's name")]
    [Description("The rules for columns, by name; a column not listed is still profiled.")]
    public IReadOnlyDictionary<string, ColumnSection>? Columns { get; set; }
}

[Description("The rules for one column.")]
internal sealed class ColumnSection : Section
{
    [Description("What every value must be; without it, as the source typed it.")]
    public ColumnType? Type { get; set; }

    [DefaultValue(false)]
    [Description("Whether every row must have a value.")]
    public bool? Required { get; set; }

    [AllowedValues("score")]
    [Description("score: the model's score; its drift is PSI, every other column's CSI.")]
    public string? Role { get; set; }

    [Description("Least allowed value: a number, date, timestamp or time, as the CSV spells it.")]
    public Written? Min { get; set; }

    [Description("Greatest allowed value: a number, date, timestamp or time, as the CSV spells it.")]
    public Written? Max { get; set; }

    [Description("The allowed values. Numbers, dates and times are compared by value: 1.0 allows 1.")]
    public IReadOnlyList<Written>? Values { get; set; }

    [Description("Drift limits of this column, or off.")]
    public ColumnDriftSection? Drift { get; set; }
}

[Description("Drift limits of one column, or off.")]
internal sealed class ColumnDriftSection : DriftSection
{
    /// <summary>YAML 1.1 editors turn <c>off</c> into <c>false</c>; both mean it.</summary>
    internal static readonly string[] Words = ["off", "false"];

    internal bool IsOff { get; private set; }

    internal override bool TryTakeWord(string word) => IsOff = Words.Contains(word);
}

/// <summary>Text whose place is kept: an entry of a list, or a value whose form depends on another key.</summary>
internal sealed record Written(string Text, Place Place);
