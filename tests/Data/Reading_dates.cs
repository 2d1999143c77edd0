using System.Globalization;
using System.Text;
using Benchmark.Data.Dialect;
using Benchmark.Tests.Support;
using CsCheck;

namespace Benchmark.Data.Tests;

/// <summary>Our own date parser against the framework's, on every day there is and on near misses.</summary>
public sealed class Reading_dates
{
    private static readonly Gen<string> s_scribbled = Gen.OneOf(
        Gen.Char["0123-"].Array[8, 11].Select(c => new string(c)),
        Gen.Select(
            Gen.Int[0, 9999], Gen.Int[0, 13], Gen.Int[0, 32], (year, month, day) => $"{year:0000}-{month:00}-{day:00}"),
        Gen.Select(Gen.Date, Gen.Char[' ', ':'], Gen.Int[0, 9], (date, other, at) =>
            $"{date:yyyy-MM-dd}".Remove(at, 1).Insert(at, $"{other}")));

    [Fact]
    public void Reads_every_day_there_is()
    {
        for (var date = DateOnly.MinValue; date < DateOnly.MaxValue; date = date.AddDays(1))
        {
            var read = TemporalText.TryParseDate(Encoding.UTF8.GetBytes($"{date:yyyy-MM-dd}"), out var days);
            if (!read || days != date.DayNumber - new DateOnly(1970, 1, 1).DayNumber)
                Assert.Fail($"{date:yyyy-MM-dd} was read as day {days}.");
        }
    }

    [Fact]
    public void Reads_nothing_else() => s_scribbled.ForAll(text =>
    {
        var read = TemporalText.TryParseDate(Encoding.UTF8.GetBytes(text), out _);

        read.Should().Be(
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), text);
    }, cases: 200_000);
}
