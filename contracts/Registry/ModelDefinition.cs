using System.Text.Json.Serialization;
using Benchmark.Data;
using Benchmark.Data.Stability;

namespace Benchmark.Contracts.Registry;

/// <summary>Everything the registry says of one model, defaults applied. Holds no connection and no secret.</summary>
public sealed record ModelDefinition
{
    /// <summary>The value stream.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model; <c>shared_data</c> for the value stream's shared dataset.</summary>
    public required string Model { get; init; }

    /// <summary>Name of the source the rows come from.</summary>
    public required string Source { get; init; }

    /// <summary>The table to read whole, as written in the registry, dots between its parts; none when <see cref="Query"/> is set.</summary>
    public string? Table { get; init; }

    /// <summary>The SELECT to run; none when <see cref="Table"/> is set. A <c>query_file</c> is read into it.</summary>
    public string? Query { get; init; }

    /// <summary>Whom to ask about this model.</summary>
    public string? Owner { get; init; }

    /// <summary>Columns that are unique together and never NULL; empty when there is no key.</summary>
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

    /// <summary>The version that drift is measured from in all; null for the oldest one kept, which only warns.</summary>
    public int? DriftAnchor { get; init; }

    /// <summary>Versions kept.</summary>
    public required int KeepVersions { get; init; }

    /// <summary>Days for which a rejected refresh is kept.</summary>
    public required int KeepRejectedDays { get; init; }

    /// <summary>When it is refreshed: cron, five fields, in <see cref="TimeZone"/>.</summary>
    public required string Schedule { get; init; }

    /// <summary>IANA name of the schedule's time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>How long a fetch may take.</summary>
    public required TimeSpan FetchTimeout { get; init; }

    /// <summary>
    /// Whether what was fetched is compared with control totals of its source before it counts. What comes from Snowflake
    /// always is; elsewhere it costs a second run of the query.
    /// </summary>
    public bool Reconcile { get; init; }

    /// <summary>How long a run waits for this model before it is missing.</summary>
    public required TimeSpan RunDeadline { get; init; }

    /// <summary>Who is told.</summary>
    public required NotifyTargets Notify { get; init; }

    /// <summary>The model's name, <c>value_stream_1/model_x</c>.</summary>
    [JsonIgnore]
    public ModelKey Name => new() { ValueStream = ValueStream, Model = Model };
}

/// <summary>Whether columns may be added to a published benchmark.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SchemaPolicy>))]
public enum SchemaPolicy
{
    /// <summary>Columns stay as they were published: names, types, order.</summary>
    [JsonStringEnumMemberName("freeze")]
    Freeze,

    /// <summary>Columns may be added; none may go or change its type.</summary>
    [JsonStringEnumMemberName("evolve")]
    Evolve,
}

/// <summary>The rules for one column.</summary>
public sealed record ColumnRule
{
    /// <summary>Name as in the header.</summary>
    public required string Name { get; init; }

    /// <summary>What every value must be; none means as the source typed it.</summary>
    public ColumnType? Type { get; init; }

    /// <summary>Whether every row must have a value.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it is the model's score: its drift is PSI, every other column's CSI.</summary>
    public bool IsScore { get; init; }

    /// <summary>Least allowed value, as the CSV spells it.</summary>
    public string? Min { get; init; }

    /// <summary>Greatest allowed value, as the CSV spells it.</summary>
    public string? Max { get; init; }

    /// <summary>The allowed values, as the CSV spells them; null when any is.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Drift limits; null when the column's drift is not measured (<c>drift: off</c>).</summary>
    public DriftLimits? Drift { get; init; }
}

/// <summary>How drift is measured and judged.</summary>
public sealed record DriftLimits
{
    /// <summary>Quantile bins of a numeric column.</summary>
    public required int Bins { get; init; }

    /// <summary>From this PSI on a column has shifted.</summary>
    public required double Warn { get; init; }

    /// <summary>From this PSI on a column has moved.</summary>
    public required double Fail { get; init; }

    /// <summary>What a moved column does.</summary>
    public DriftAction OnFail { get; init; } = DriftAction.Reject;

    /// <summary>The two limits that a PSI is judged by.</summary>
    [JsonIgnore]
    public PsiLimits Psi => new(Warn, Fail);
}

/// <summary>What a moved column does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DriftAction>))]
public enum DriftAction
{
    /// <summary>The refresh is rejected; the old benchmark keeps serving.</summary>
    [JsonStringEnumMemberName("reject")]
    Reject,

    /// <summary>The refresh is published, and the report says that it moved.</summary>
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

    /// <summary>Greatest change against the published version as a share of it; null when any is.</summary>
    public double? MaxChange { get; init; }
}

/// <summary>Who is told of a model's refreshes.</summary>
public sealed record NotifyTargets
{
    /// <summary>Mail addresses; those with the same list get one report per run.</summary>
    public required IReadOnlyList<string> Email { get; init; }

    /// <summary>Whether Slack is told.</summary>
    public required bool Slack { get; init; }
}
