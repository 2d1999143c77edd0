using System.Text;
using Benchmark.Data.Dialect;
using Benchmark.Data.Stability;

namespace Benchmark.Data.Profiling;

/// <summary>The row rules that a value can break.</summary>
[Flags]
internal enum Breaches
{
    /// <summary>No rule is broken.</summary>
    None = 0,
    /// <summary>A required value is missing.</summary>
    Required = 1,
    /// <summary>The value is not of the column's type.</summary>
    Type = 2,
    /// <summary>The value is below the minimum or above the maximum.</summary>
    Range = 4,
    /// <summary>The value is not among the allowed values.</summary>
    Values = 8,
}

/// <summary>
/// Observes a column's values one by one: says which rules each breaks, and in the end profiles them.
/// </summary>
internal abstract class ColumnAccumulator(ColumnPlan plan)
{
    private readonly bool _required = plan.Required;
    private readonly TextCounts? _allowed = Allowed(plan.Values);

    protected ColumnPlan Plan { get; } = plan;

    protected long Rows { get; private set; }

    protected long Nulls { get; private set; }

    protected long Nans { get; set; }

    /// <summary>Values that are not of the column's type: in no statistic, and missing in the bins.</summary>
    protected long Unreadable { get; set; }

    protected long Missing => Nulls + Nans + Unreadable;

    /// <summary>Why the registry's range cannot be applied to this column; null when it can.</summary>
    public virtual string? RangeProblem =>
        Plan is { Min: not null } or { Max: not null }
            ? $"a column of type {Plan.Type.Word()} has no range"
            : null;

    /// <summary>Why the registry's allowed values cannot be applied to this column; null when they can.</summary>
    public string? ValuesProblem
    {
        get
        {
            var grammar = Grammar.Of(Plan.Type);
            return Plan.Values?.FirstOrDefault(value => !grammar.Accepts(value)) is { } invalid
                ? $"the registry's allowed value {invalid} is not {grammar.Form}"
                : null;
        }
    }

    /// <summary>Why the bins that people chose cannot be made of this column; null when they can.</summary>
    public virtual string? BinsProblem => null;

    /// <summary>The accumulator for a column.</summary>
    public static ColumnAccumulator For(ColumnPlan plan, MemoryBudget memory) => plan.Type switch
    {
        ColumnType.Integer => new OrderedColumn<IntegerGrammar>(plan, memory),
        ColumnType.Number => new OrderedColumn<NumberGrammar>(plan, memory),
        ColumnType.Decimal => new OrderedColumn<DecimalGrammar>(plan, memory),
        ColumnType.Date => new OrderedColumn<DateGrammar>(plan, memory),
        ColumnType.Timestamp => new OrderedColumn<TimestampGrammar>(plan, memory),
        ColumnType.Time => new OrderedColumn<TimeGrammar>(plan, memory),
        _ => new TextColumn(plan, memory),
    };

    /// <summary>Observes the next row's value.</summary>
    public Breaches Add(ReadOnlySpan<byte> value, bool isNull)
    {
        Rows++;
        if (!isNull)
            return Observe(value);
        Nulls++;
        return RequiredBreach;
    }

    /// <summary>Profiles the column. Call once, after the last row.</summary>
    public abstract ColumnOutcome Finish(SortBuffers buffers);

    protected abstract Breaches Observe(ReadOnlySpan<byte> value);

    protected Breaches RequiredBreach => _required ? Breaches.Required : Breaches.None;

    protected bool AllowsAll => _allowed is null;

    // Compares spellings: right for texts, and for NaN.
    protected Breaches ValuesBreach(ReadOnlySpan<byte> value) =>
        _allowed is null || _allowed.Find(value) >= 0 ? Breaches.None : Breaches.Values;

    private static TextCounts? Allowed(IReadOnlyList<string>? values)
    {
        if (values is null)
            return null;
        var allowed = new TextCounts();
        foreach (var value in values)
            allowed.TryAdd(Encoding.UTF8.GetBytes(value));
        return allowed;
    }
}

/// <summary>What a column's values gave.</summary>
/// <param name="Profile">Its statistics and its own bins.</param>
/// <param name="Tally">Its rows in the bins it is compared with; null without bins, or bins of another type.</param>
/// <param name="AnchorTally">Its rows in the anchor's bins; null like the other.</param>
internal sealed record ColumnOutcome(ColumnProfile Profile, BinTally? Tally, BinTally? AnchorTally);
