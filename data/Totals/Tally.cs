using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Totals;

/// <summary>Adds up one column of a file in the dialect benchmark-csv/1.</summary>
internal abstract class Tally
{
    /// <summary>Values counted.</summary>
    public long NonNull { get; private set; }

    /// <summary>An empty tally for a column of this type.</summary>
    public static Tally For(ColumnType type) => type switch
    {
        ColumnType.Integer or ColumnType.Decimal => new DecimalTally(),
        ColumnType.Number => new NumberTally(),
        ColumnType.Bytes => new BytesTally(),
        ColumnType.Date => new TemporalTally<DateGrammar>(1),
        ColumnType.Timestamp => new TemporalTally<TimestampGrammar>(TimeSpan.TicksPerMicrosecond),
        ColumnType.Time => new TemporalTally<TimeGrammar>(TimeSpan.TicksPerMicrosecond),
        ColumnType.Boolean => new TrueTally(),
        _ => new TextTally(),
    };

    /// <summary>Adds a value of a file, without its quotes.</summary>
    /// <exception cref="FormatException">It is not of the column's type.</exception>
    public void Count(ReadOnlySpan<byte> value)
    {
        NonNull++;
        Add(value);
    }

    /// <summary>A total, as people read it.</summary>
    public abstract string Total(Measure measure);

    /// <summary>Whether a source's total is the same; a source gives none, or zero, when there is no value.</summary>
    public virtual bool Agrees(Measure measure, string? theirs) =>
        TotalText.Parse(theirs) == TotalText.Parse(Total(measure));

    /// <summary>Adds a value to the totals.</summary>
    protected abstract void Add(ReadOnlySpan<byte> value);
}

/// <summary>Sums integers and decimal numbers exactly, whatever their scales.</summary>
internal sealed class DecimalTally : Tally
{
    private BigInteger _units;
    private Int128 _pending;
    private int _scale;
    private int _added;
    private long _others;

    public override string Total(Measure measure) => measure is Measure.NotDecimal
        ? _others.ToString(CultureInfo.InvariantCulture)
        : new DecimalTotal(_units + _pending, _scale).ToString();

    protected override void Add(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            throw new FormatException("An empty text is not a number.");
        if (value[^1] is (byte)'N' or (byte)'y')
        {
            _others++;
            return;
        }
        var point = value.IndexOf((byte)'.');
        var scale = point < 0 ? 0 : value.Length - point - 1;
        Span<byte> digits = stackalloc byte[64];
        if (value.Length > 20 || scale != _scale)
        {
            Fold();
            var total = new DecimalTotal(_units, _scale) + DecimalTotal.Parse(
                System.Text.Encoding.ASCII.GetString(value));
            (_units, _scale) = (total.Units, total.Scale);
            return;
        }
        value[..(point < 0 ? value.Length : point)].CopyTo(digits);
        if (point >= 0)
            value[(point + 1)..].CopyTo(digits[point..]);
        _pending += Int128.Parse(
            digits[..(point < 0 ? value.Length : value.Length - 1)], NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        // The sum of int.MaxValue numbers of 20 digits fits into an Int128.
        _added++;
        if (_added == int.MaxValue)
            Fold();
    }

    private void Fold()
    {
        _units += _pending;
        (_pending, _added) = (0, 0);
    }
}

/// <summary>
/// Floating-point numbers: summed with compensation, compared within the rounding error of another order.
/// </summary>
internal sealed class NumberTally : Tally
{
    // The range in which numbers are added up.
    private const double Summable = 1e290;
    private const double Epsilon = 1.1102230246251565e-16;

    private double _sum;
    private double _compensation;
    private double _magnitude;
    private long _others;

    private double Sum => _sum + _compensation;

    public override string Total(Measure measure) => measure is Measure.NotFinite
        ? _others.ToString(CultureInfo.InvariantCulture)
        : Sum.ToString("R", CultureInfo.InvariantCulture);

    public override bool Agrees(Measure measure, string? theirs)
    {
        if (measure is Measure.NotFinite)
            return base.Agrees(measure, theirs);
        var other = theirs is null ? 0 : double.Parse(theirs, CultureInfo.InvariantCulture);
        // Error bound of recursive summation (Higham, Accuracy and Stability of Numerical Algorithms, 4.2).
        return Math.Abs(other - Sum) <= _magnitude * Epsilon * Math.Max(64, NonNull);
    }

    protected override void Add(ReadOnlySpan<byte> value)
    {
        var number = double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!(Math.Abs(number) <= Summable))
        {
            _others++;
            return;
        }
        var sum = _sum + number;
        _compensation += Math.Abs(_sum) >= Math.Abs(number) ? _sum - sum + number : number - sum + _sum;
        _sum = sum;
        _magnitude += Math.Abs(number);
    }
}

internal sealed class TextTally : Tally
{
    private readonly DigestsOfFew _few = new();
    private long _characters;
    private ulong _digests;

    public override string Total(Measure measure) =>
        measure is Measure.Characters
            ? _characters.ToString(CultureInfo.InvariantCulture)
            : _digests.ToString(CultureInfo.InvariantCulture);

    public override bool Agrees(Measure measure, string? theirs) =>
        measure is Measure.Characters ? base.Agrees(measure, theirs) : Digest.Same(_digests, theirs);

    protected override void Add(ReadOnlySpan<byte> value)
    {
        // Every code point has exactly one byte that is not a continuation byte.
        foreach (var unit in value)
            _characters += (unit & 0xC0) == 0x80 ? 0 : 1;
        _digests += _few.Of(value);
    }
}

internal sealed class BytesTally : Tally
{
    private byte[] _decoded = [];
    private long _octets;
    private ulong _digests;

    public override string Total(Measure measure) =>
        measure is Measure.Octets
            ? _octets.ToString(CultureInfo.InvariantCulture)
            : _digests.ToString(CultureInfo.InvariantCulture);

    public override bool Agrees(Measure measure, string? theirs) =>
        measure is Measure.Octets ? base.Agrees(measure, theirs) : Digest.Same(_digests, theirs);

    protected override void Add(ReadOnlySpan<byte> value)
    {
        if (_decoded.Length < value.Length)
            _decoded = new byte[value.Length];
        Base64.DecodeFromUtf8(value, _decoded, out _, out var length);
        _octets += length;
        _digests += Digest.Of(_decoded.AsSpan(0, length));
    }
}

internal sealed class TrueTally : Tally
{
    private long _trues;

    public override string Total(Measure measure) => _trues.ToString(CultureInfo.InvariantCulture);

    protected override void Add(ReadOnlySpan<byte> value) => _trues += value[0] == 't' ? 1 : 0;
}
