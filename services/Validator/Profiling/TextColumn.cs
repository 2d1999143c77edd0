using System.Buffers.Text;
using System.IO.Hashing;
using System.Text;
using Benchmark.Contracts.Volume;
using Benchmark.Validator.Stability;

namespace Benchmark.Validator.Profiling;

/// <summary>
/// A column of text, booleans or bytes: each value counts for itself. Past a million distinct values (or 64 MiB of
/// them) new ones are counted together as <c>other</c>, and their number is estimated: memory has a limit.
/// </summary>
internal sealed class TextColumn : ColumnAccumulator
{
    private const int MaxDistinct = 1 << 20;
    private const int MaxBytes = 64 << 20;
    private const int MaxBins = 50;
    private const int TopValues = 10;

    private readonly TextCounts _counts = new(MaxDistinct, MaxBytes);
    private readonly FrozenBins? _against;
    private readonly FrozenBins? _anchor;
    private readonly int _seeds;
    private DistinctSketch? _distinct;
    private long _untracked;

    public TextColumn(ColumnPlan plan)
        : base(plan)
    {
        _against = BinsOf(plan.Against);
        _anchor = BinsOf(plan.Anchor);
        // Known before the first row, so that they are counted exactly even in a column past the limit.
        foreach (var value in (_against?.Values ?? []).Concat(_anchor?.Values ?? []))
            _counts.TrySeed(Encoding.UTF8.GetBytes(value));
        _seeds = _counts.Count;
    }

    protected override Breaches Take(ReadOnlySpan<byte> value)
    {
        if (!IsOfType(value))
        {
            Unreadable++;
            return Breaches.Type;
        }
        if (!_counts.TryAdd(value))
            TakeUntracked(value);
        return IfNotAllowed(value);
    }

    public override ColumnOutcome Finish(SortBuffers buffers)
    {
        var seeds = Enumerable.Range(0, _seeds).Count(entry => _counts.CountOf(entry) == 0);
        var profile = new ColumnProfile
        {
            Name = Plan.Name,
            Type = Plan.Type,
            Count = Rows - Nulls,
            Nulls = Nulls,
            Distinct = _distinct?.Estimate() ?? _counts.Count - seeds,
            DistinctExact = _distinct is null,
            // Bytes are neither read nor compared by people.
            Top = Plan.Type == ColumnType.Bytes ? [] : [.. _counts.MostFrequent(TopValues).Select(Named)],
            Bins = Plan.Type == ColumnType.Bytes ? null : Bins(_counts.Count - seeds),
        };
        return new ColumnOutcome(profile, Tally(_against), Tally(_anchor));
    }

    private FrozenBins? BinsOf(ColumnProfile? benchmark) =>
        benchmark is { Bins.Kind: BinKind.Categorical } && Scale.Comparable(Plan.Type, benchmark.Type) ? benchmark.Bins : null;

    private FrozenBins Bins(int distinct)
    {
        var own = _untracked == 0 && distinct <= MaxBins ? MaxBins : MaxBins - 1;
        var values = _counts.MostFrequent(own).Select(Named).ToList();
        var other = Rows - Missing - values.Sum(v => v.Count);
        return new FrozenBins
        {
            Kind = BinKind.Categorical,
            Values = [.. values.Select(v => v.Value)],
            Counts = [.. values.Select(v => v.Count)],
            Other = other > 0 ? other : null,
            Missing = Missing,
        };
    }

    private BinTally? Tally(FrozenBins? against)
    {
        if (against is null)
            return null;
        long[] counts = [.. against.Values!.Select(v => _counts.CountOf(_counts.Find(Encoding.UTF8.GetBytes(v))))];
        var elsewhere = Rows - Missing - counts.Sum();
        return new BinTally
        {
            Counts = counts,
            // Which values were in the benchmark's 'other' is not kept: a value without a bin is one of them.
            Other = against.Other is null ? 0 : elsewhere,
            Unseen = against.Other is null ? elsewhere : 0,
            Missing = Missing,
        };
    }

    private bool IsOfType(ReadOnlySpan<byte> value) => Plan.Type switch
    {
        ColumnType.Boolean => value.SequenceEqual("true"u8) || value.SequenceEqual("false"u8),
        // The framework's check alone would let white space through.
        ColumnType.Bytes => Base64.IsValid(value) && !value.ContainsAny(" \t\r\n"u8),
        _ => true,
    };

    private void TakeUntracked(ReadOnlySpan<byte> value)
    {
        if (_distinct is null)
        {
            _distinct = new DistinctSketch();
            for (var entry = 0; entry < _counts.Count; entry++)
                _distinct.Add(_counts.HashOf(entry));
        }
        _distinct.Add(XxHash3.HashToUInt64(value));
        _untracked++;
    }

    private ValueCount Named(int entry) => new() { Value = _counts.TextOf(entry), Count = _counts.CountOf(entry) };
}
