using System.Text.Json.Serialization;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Contracts.Registry;

/// <summary>One model of the registry, with defaults applied. Contains no connection and no secret.</summary>
public sealed record ModelDefinition
{
    /// <summary>The value stream.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model; <c>shared_data</c> for the value stream's shared dataset.</summary>
    public required string Model { get; init; }

    /// <summary>Name of the source to read from.</summary>
    public required string Source { get; init; }

    /// <summary>The table to read in full, as written in the registry; null when <see cref="Query"/> is set.</summary>
    public string? Table { get; init; }

    /// <summary>The SELECT to run, or the content of <c>query_file</c>; null when <see cref="Table"/> is set.</summary>
    public string? Query { get; init; }

    /// <summary>Who owns the model.</summary>
    public string? Owner { get; init; }

    /// <summary>The columns of the unique key, none of which may be NULL; empty without a key.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>Whether columns may be added.</summary>
    public SchemaPolicy Schema { get; init; } = SchemaPolicy.Freeze;

    /// <summary>The rules for columns; a column not listed is still profiled.</summary>
    public IReadOnlyList<ColumnRule> Columns { get; init; } = [];

    /// <summary>How many rows are allowed.</summary>
    public required RowLimits Rows { get; init; }

    /// <summary>Share of rows that may break row rules, 0 to 1.</summary>
    public required double Threshold { get; init; }

    /// <summary>Drift limits of columns that set none of their own.</summary>
    public required DriftLimits Drift { get; init; }

    /// <summary>Codes that are no values, in every column of a type that can hold them.</summary>
    public IReadOnlyList<string> Special { get; init; } = [];

    /// <summary>
    /// The version that cumulative drift is measured against; null for the oldest one kept, which only warns.
    /// </summary>
    public int? DriftAnchor { get; init; }

    /// <summary>How many versions to keep.</summary>
    public required int KeepVersions { get; init; }

    /// <summary>Days to keep a rejected refresh.</summary>
    public required int KeepRejectedDays { get; init; }

    /// <summary>When it is refreshed: cron, five fields, in <see cref="TimeZone"/>.</summary>
    public required string Schedule { get; init; }

    /// <summary>IANA name of the schedule's time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>
    /// How long after its time a refresh of the schedule may still start; null for however late.
    /// </summary>
    public TimeSpan? StartingDeadline { get; init; }

    /// <summary>Whether its next scheduled run may start before the last one has closed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RunConcurrency Concurrency { get; init; } = RunConcurrency.Allow;

    /// <summary>How long it is left out of its schedule, and why; null when it is not.</summary>
    public Suspension? Suspend { get; init; }

    /// <summary>How long a fetch may take.</summary>
    public required TimeSpan FetchTimeout { get; init; }

    /// <summary>
    /// Whether fetched data is compared with control totals from its source. Snowflake data always is; elsewhere it
    /// costs a second run of the query.
    /// </summary>
    public bool Reconcile { get; init; }

    /// <summary>
    /// Whether it is read as its table was when the run started, like every model of the run that says so.
    /// </summary>
    public bool AsOfRun { get; init; }

    /// <summary>
    /// A SELECT of one value that is true once the source has its new data; null when nothing is asked.
    /// </summary>
    public string? Ready { get; init; }

    /// <summary>How long the models of a run wait for <see cref="Ready"/>.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long one message is held for it: what its fetch may take, and what it waits for <see cref="Ready"/>.
    /// </summary>
    [JsonIgnore]
    public TimeSpan LongestFetch => FetchTimeout + (Ready is null ? TimeSpan.Zero : ReadyTimeout);

    /// <summary>How long a run waits for this model before it counts as missing.</summary>
    public required TimeSpan RunDeadline { get; init; }

    /// <summary>Who is notified.</summary>
    public required NotifyTargets Notify { get; init; }

    /// <summary>The model's name, <c>value_stream_1/model_x</c>.</summary>
    [JsonIgnore]
    public ModelKey Name => new() { ValueStream = ValueStream, Model = Model };

    /// <summary>The rules for a column; null when it is not listed.</summary>
    public ColumnRule? RuleOf(string column) => Columns.FirstOrDefault(rule => rule.Name == column);

    /// <summary>A file's columns with the types that the registry declares, and else those of the source.</summary>
    public IReadOnlyList<ColumnFacts> Declared(IReadOnlyList<ColumnFacts> columns) =>
        [.. columns.Select(column => RuleOf(column.Name)?.Type is { } declared && declared != column.Type
            ? column with { Type = declared, SourceType = column.Type } : column)];

    /// <summary>The bins that people chose for a column, once its type is known; null for none.</summary>
    public BinRules? BinRulesOf(string column, ColumnType type)
    {
        var chosen = RuleOf(column)?.Bins;
        var special = chosen?.Special ?? [.. Special.Where(code => ChosenBins.CanBeCode(code, type))];
        return special.Count == 0 && chosen is not ({ Edges: not null } or { Groups: not null })
            ? null
            : new BinRules
            {
                Special = special,
                Edges = chosen?.Edges,
                Closed = chosen?.Closed ?? default,
                Groups = chosen?.Groups,
            };
    }
}

/// <summary>Whether runs of one schedule may overlap.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunConcurrency>))]
public enum RunConcurrency
{
    /// <summary>A run starts when it is due.</summary>
    [JsonStringEnumMemberName("allow")]
    Allow,

    /// <summary>A run that is due waits until the last one of its schedule has closed.</summary>
    [JsonStringEnumMemberName("forbid")]
    Forbid,
}

/// <summary>Whether columns may be added to a published benchmark.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SchemaPolicy>))]
public enum SchemaPolicy
{
    /// <summary>Names, types and order of the columns stay as published.</summary>
    [JsonStringEnumMemberName("freeze")]
    Freeze,

    /// <summary>Columns may be added; none may be removed or change its type.</summary>
    [JsonStringEnumMemberName("evolve")]
    Evolve,
}

/// <summary>The rules for one column.</summary>
public sealed record ColumnRule
{
    /// <summary>Name as in the header.</summary>
    public required string Name { get; init; }

    /// <summary>The type of every value; null for the source's type.</summary>
    public ColumnType? Type { get; init; }

    /// <summary>Whether every row must have a value.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// Whether it is the model's score: the score's drift is called PSI, that of any other column CSI.
    /// </summary>
    public bool IsScore { get; init; }

    /// <summary>
    /// Whether it says when the data was taken: it must move forward, and its drift is not measured.
    /// </summary>
    public bool IsAsOf { get; init; }

    /// <summary>
    /// How old the newest value of a column that says when the data was taken may be at the fetch; null without a
    /// limit.
    /// </summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Smallest allowed value, as the CSV spells it; null without a limit.</summary>
    public string? Min { get; init; }

    /// <summary>Largest allowed value, as the CSV spells it; null without a limit.</summary>
    public string? Max { get; init; }

    /// <summary>The allowed values, as the CSV spells them; null when any is.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Drift limits; null when the column's drift is not measured (<c>drift: off</c>).</summary>
    public DriftLimits? Drift { get; init; }

    /// <summary>Bins that people chose; null when the data, and the model's codes, give all.</summary>
    public ChosenBins? Bins { get; init; }
}

/// <summary>How drift is measured and judged.</summary>
public sealed record DriftLimits
{
    /// <summary>Quantile bins of a numeric column.</summary>
    public required int Bins { get; init; }

    /// <summary>A column with this PSI or more has shifted.</summary>
    public required double Warn { get; init; }

    /// <summary>A column with this PSI or more has moved.</summary>
    public required double Fail { get; init; }

    /// <summary>What happens when a column has moved.</summary>
    public DriftAction OnFail { get; init; } = DriftAction.Reject;
}

/// <summary>What happens when a column has moved.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DriftAction>))]
public enum DriftAction
{
    /// <summary>The refresh is rejected; the published version keeps serving.</summary>
    [JsonStringEnumMemberName("reject")]
    Reject,

    /// <summary>The refresh is published, and the report warns of it.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,
}

/// <summary>How many rows are allowed.</summary>
public sealed record RowLimits
{
    /// <summary>At least this many.</summary>
    public required long Min { get; init; }

    /// <summary>At most this many; null when any number is.</summary>
    public long? Max { get; init; }

    /// <summary>
    /// Largest allowed change from the published version, as a share of its rows; null without a limit.
    /// </summary>
    public double? MaxChange { get; init; }
}
