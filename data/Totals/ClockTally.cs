using System.Globalization;
using System.Numerics;
using System.Text;
using Benchmark.Data.Writing;

namespace Benchmark.Data.Totals;

/// <summary>Dates, times and timestamps, each as a whole number of days or microseconds.</summary>
internal sealed class ClockTally(Func<string, long> number) : Tally
{
    private Int128 _total;

    public static long Days(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - CsvTimes.EpochDay;

    public static long Microseconds(string text)
    {
        // Ends with Z, an offset, or nothing, which then means the same as Z.
        var at = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return Floor((at - DateTimeOffset.UnixEpoch).Ticks);
    }

    public static long MicrosecondsOfDay(string text) => Floor(TimeOnly.Parse(text, CultureInfo.InvariantCulture).Ticks);

    public override string Total(Measure measure) => ((BigInteger)_total).ToString(CultureInfo.InvariantCulture);

    protected override void Add(ReadOnlySpan<byte> value) => _total += number(Encoding.ASCII.GetString(value));

    private static long Floor(long ticks) => (long)Math.Floor(ticks / (decimal)TimeSpan.TicksPerMicrosecond);
}
