using System.Globalization;
using System.Text.RegularExpressions;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>Tables as they were: <c>T AT(TIMESTAMP => '…'::TIMESTAMP_TZ)</c> is the newest copy of that time.</summary>
internal sealed partial class TimeTravel(Action<string> execute)
{
    private readonly List<(string Table, DateTimeOffset Since, string Copy)> _copies = [];

    /// <summary>The clock of the account.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Keeps a table as it is now, for whoever asks for this moment or a later one.</summary>
    public void Keep(string table)
    {
        var copy = $"{table}@{_copies.Count}";
        execute($"create table \"{copy}\" as from {table}");
        _copies.Add((table, Time.GetUtcNow(), copy));
    }

    /// <summary>The query with the copies in place of the tables.</summary>
    /// <exception cref="TimeTravelException">There was no such table then, or it is not then yet.</exception>
    public string Of(string sql) => Table().Replace(sql, at =>
    {
        var table = at.Groups["table"].Value;
        var moment = DateTimeOffset.Parse(at.Groups["moment"].Value, CultureInfo.InvariantCulture);
        var kept = _copies.Where(copy => copy.Table.Equals(table, StringComparison.OrdinalIgnoreCase)).ToList();
        if (moment > Time.GetUtcNow() || (kept.Count > 0 && moment < kept[0].Since))
            throw new TimeTravelException(
                $"Time travel data is not available for table {table}. The requested time is either beyond the allowed "
                + "time travel period or before the object creation time.");
        return kept.Count == 0 ? table : $"\"{kept.Last(copy => copy.Since <= moment).Copy}\"";
    });

    [GeneratedRegex(
        @"(?<table>[\w.]+) AT\(TIMESTAMP => '(?<moment>[^']*)'::TIMESTAMP_TZ\)", RegexOptions.CultureInvariant)]
    private static partial Regex Table();
}

/// <summary>What Snowflake says of a moment that it cannot go to: 000707.</summary>
internal sealed class TimeTravelException(string message) : Exception(message);
