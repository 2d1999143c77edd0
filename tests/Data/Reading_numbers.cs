using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Benchmark.Data.Dialect;
using Benchmark.Tests.Support;
using CsCheck;

namespace Benchmark.Data.Tests;

/// <summary>Our own number parser against the framework's, on the numbers that files hold and on near misses.</summary>
public sealed partial class Reading_numbers
{
    private static readonly Gen<string> s_written = Gen.OneOf(
        Gen.Double.Where(double.IsFinite).Select(d => d.ToString("R", CultureInfo.InvariantCulture)),
        Gen.Double[-1e7, 1e7].Select(d => d.ToString("0.######", CultureInfo.InvariantCulture)),
        Gen.Decimal.Select(d => d.ToString(CultureInfo.InvariantCulture)),
        Gen.Long.Select(l => l.ToString(CultureInfo.InvariantCulture)),
        Gen.Char["0123456789"].Array[1, 30].Select(c => new string(c)));

    private static readonly Gen<string> s_scribbled = Gen.Char["0019.-+eE ,N"].Array[0, 9].Select(c => new string(c));

    private static readonly Gen<byte[]> s_short = Gen.OneOf(
        Gen.Char["0123456789.-"].Array[0, 11].Select(c => Encoding.UTF8.GetBytes(c)),
        Gen.Double[-1e4, 1e4]
            .Select(d => Encoding.UTF8.GetBytes(d.ToString("0.#######", CultureInfo.InvariantCulture))),
        Gen.Byte[0x2A, 0x3C].Array[0, 11],
        Gen.Select(Gen.Byte[0x30, 0x39].Array[1, 10], Gen.Byte, Gen.Int[0, 9], (digits, other, at) =>
        {
            digits[at % digits.Length] = other;
            return digits;
        }));

    private static readonly Gen<Int128> s_integer =
        Gen.Select(Gen.Long, Gen.Int[0, 60], (value, shift) => (Int128)value << shift >> 8);

    [Fact]
    public void Reads_what_the_framework_reads_to_the_last_bit() => s_written.ForAll(text =>
    {
        var read = NumberText.TryParse(Encoding.UTF8.GetBytes(text), out var value);

        read.Should().Be(Grammar().IsMatch(text));
        if (read)
            Bits(value).Should().Be(Bits(double.Parse(text, CultureInfo.InvariantCulture)), text);
    }, cases: 200_000);

    [Fact]
    public void Accepts_exactly_the_dialect() => s_scribbled.ForAll(text =>
    {
        var utf8 = Encoding.UTF8.GetBytes(text);

        // A number that no double can hold is refused rather than read as infinite.
        NumberText.TryParse(utf8, out _).Should().Be(
            Grammar().IsMatch(text) && double.IsFinite(double.Parse(text, CultureInfo.InvariantCulture)), text);
        NumberText.TryParsePlain(utf8, out _, out _).Should().Be(PlainGrammar().IsMatch(text), text);
        (IntegerGrammar.Parse(utf8, out _) != Parsed.Invalid).Should().Be(IntegerForm().IsMatch(text), text);
    }, cases: 200_000);

    // Bytes that are a digit but for one bit, and of every sign, belong to the near misses of eight digits at once.
    [Fact]
    public void Reads_short_numbers_as_it_reads_long_ones() => s_short.ForAll(text =>
    {
        var read = ShortNumber.TryParse(text, out var number);

        var exact = NumberText.TryParsePlain(text, out var value, out _);
        read.Should().Be(exact && IsShort(text), Convert.ToHexString(text));
        if (read)
        {
            (number.Digits / Math.Pow(10, number.Decimals)).Should().Be(value);
            NumberGrammar.KeyOf(number.Digits, number.Decimals).Should().Be(NumberGrammar.ToKey(value));
        }
    }, cases: 500_000);

    [Fact]
    public void Keeps_the_order_of_numbers_in_their_keys() => Gen.Select(Gen.Double, Gen.Double).ForAll((a, b) =>
    {
        if (double.IsNaN(a) || double.IsNaN(b))
            return;
        NumberGrammar.ToKey(a).CompareTo(NumberGrammar.ToKey(b)).Should().Be(a < b ? -1 : a > b ? 1 : 0);
        NumberGrammar.ToDouble(NumberGrammar.ToKey(a)).Should().Be(a);
    }, cases: 100_000);

    [Fact]
    public void Keeps_the_order_of_integers_of_any_size() => Gen.Select(s_integer, s_integer).ForAll((a, b) =>
    {
        IntegerGrammar.Parse(Encoding.UTF8.GetBytes($"{a}"), out var keyA);
        IntegerGrammar.Parse(Encoding.UTF8.GetBytes($"{b}"), out var keyB);

        // Neighbours beyond 2^62 may share a key; nothing may change places.
        Math.Sign(keyA.CompareTo(keyB)).Should().BeOneOf(0, a.CompareTo(b));
        if (Int128.Abs(a) < (Int128)1 << 62)
            keyA.Should().Be((long)a);
        IntegerGrammar.ToDouble(keyA).Should().BeApproximately((double)a, Math.Abs((double)a) * 1e-15);
    }, cases: 100_000);

    [Fact]
    public void Compares_long_decimals_digit_by_digit() => Gen.Select(Gen.Decimal, Gen.Decimal).ForAll((a, b) =>
    {
        var compared = NumberText.ComparePlain(
            Encoding.UTF8.GetBytes($"{a}"), Encoding.UTF8.GetBytes($"{b}"));

        Math.Sign(compared).Should().Be(a.CompareTo(b));
    }, cases: 100_000);

    // Eight digits, and a point and a sign beside them.
    private static bool IsShort(byte[] text) =>
        text.Count(b => b != (byte)'-') <= (text.Contains((byte)'.') ? 9 : 8);

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z")]
    private static partial Regex Grammar();

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?\z")]
    private static partial Regex PlainGrammar();

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)\z")]
    private static partial Regex IntegerForm();
}
