using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Benchmark.Data;
using Benchmark.Data.Profiling;

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

    [Description("Leaves the model out of its schedule for a while; its published version goes on being served.")]
    public SuspendSection? Suspend { get; set; }

    [Description("The columns of the unique key; none may be NULL.")]
    public IReadOnlyList<Written>? Key { get; set; }

    [RegularExpression(@"\S", ErrorMessage = "a column's name")]
    [Description("The rules for columns, by name; a column not listed is still profiled.")]
    public IReadOnlyDictionary<string, ColumnSection>? Columns { get; set; }
}

[Description("How long a model is left out of its schedule, and why.")]
internal sealed class SuspendSection : Section
{
    [Required, RegularExpression(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", ErrorMessage = "a date such as 2027-01-31")]
    [Description("The last day of it, in time_zone.")]
    public Written? Until { get; set; }

    [Required]
    [Description("Why, for whoever sees it.")]
    public string? Reason { get; set; }
}

[Description("The rules for one column.")]
internal sealed class ColumnSection : Section
{
    [Description("The type of every value. Default: the source's type.")]
    public ColumnType? Type { get; set; }

    [DefaultValue(false)]
    [Description("Whether every row must have a value.")]
    public bool? Required { get; set; }

    [AllowedValues(ColumnRoles.Score, ColumnRoles.AsOf)]
    [Description(
        "score: the model's score, whose drift is called PSI; the drift of every other column is called CSI. as_of: a "
        + "date or timestamp that says when the data was taken; it must move forward, and its drift is not measured.")]
    public string? Role { get; set; }

    [Description("Of a column with role as_of: how old its newest value may be when the data is fetched.")]
    public TimeSpan? MaxAge { get; set; }

    [Description("Smallest allowed value: a number, date, timestamp or time, written as in the CSV.")]
    public Written? Min { get; set; }

    [Description("Largest allowed value: a number, date, timestamp or time, written as in the CSV.")]
    public Written? Max { get; set; }

    [Description("The allowed values. Numbers, dates and times are compared by value: 1.0 allows 1.")]
    public IReadOnlyList<Written>? Values { get; set; }

    [Description("Drift limits and bins of this column, or off.")]
    public ColumnDriftSection? Drift { get; set; }
}

/// <summary>The words of <see cref="ColumnSection.Role"/>.</summary>
internal static class ColumnRoles
{
    public const string Score = "score";
    public const string AsOf = "as_of";
}

[Description("Drift limits and bins of one column, or off.")]
internal sealed class ColumnDriftSection : DriftSection
{
    [Description(
        "The inner edges of the bins, ascending, instead of quantiles: the bins of a scorecard. The outer edges are "
        + "infinite.")]
    public IReadOnlyList<Written>? Edges { get; set; }

    [DefaultValue(ClosedSide.Right)]
    [Description("Which end of a bin between 'edges' belongs to it: right is (a, b], left is [a, b).")]
    public ClosedSide? Closed { get; set; }

    [Description(
        "Texts that share a bin, by the name of the bin. A text in none of them is in the bin other or unseen.")]
    public IReadOnlyDictionary<string, IReadOnlyList<Written>>? Groups { get; set; }

    [Range(-1_000_000d, 1_000_000d)]
    [Description(
        "The scorecard's points of each bin, by its name in reports; inf may stand for ∞. They give csi_points, the "
        + "sum of (actual - expected share) x points.")]
    public IReadOnlyDictionary<string, double>? Points { get; set; }

    /// <summary>YAML 1.1 reads <c>off</c> as <c>false</c>, so both are accepted.</summary>
    internal static readonly string[] OffWords = ["off", "false"];

    internal bool IsOff { get; private set; }

    internal override bool TryTakeWord(string word) => IsOff = OffWords.Contains(word);
}

/// <summary>Text with its place in the file: a list item, or a value whose form depends on another key.</summary>
internal sealed record Written(string Text, Place Place);
