using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Benchmark.Notifier;

/// <summary>How runs are followed. Configuration section <c>Notifier</c>.</summary>
public sealed class NotifierOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Notifier";

    /// <summary>
    /// The database of runs: a PostgreSQL connection string, <c>Host=…</c>. Without it, SQLite in the state
    /// directory. A secret.
    /// </summary>
    public string? Database { get; set; }

    /// <summary>
    /// How often the Notifier looks for runs past their deadline and for reports to deliver. Default 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a run stays open when its events arrive but its start does not. Default 10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan DeadlineWithoutStart { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long the delivery of a report is retried before it is given up and logged as an error. Default 24 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How often the gauges are sampled from the database and the volume. A sample three times as old is not exported.
    /// Default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan GaugeInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often every version of every model is read whole and compared with what was published; <c>00:00:00</c> for
    /// never. Default 1 day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan VerifyEvery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many megabytes a second that takes of the volume at most. Default 20.</summary>
    [Range(1, 10_000)]
    public int VerifyMegabytesPerSecond { get; set; } = 20;

    /// <summary>
    /// Requires a PostgreSQL connection string or nothing. The message never repeats the value: it may hold a password.
    /// </summary>
    internal sealed class Validation : IValidateOptions<NotifierOptions>
    {
        public ValidateOptionsResult Validate(string? name, NotifierOptions options)
        {
            if (string.IsNullOrWhiteSpace(options.Database))
                return ValidateOptionsResult.Success;
            try
            {
                return new NpgsqlConnectionStringBuilder(options.Database).Host is { Length: > 0 }
                    ? ValidateOptionsResult.Success
                    : Refused("it names no Host");
            }
            catch (ArgumentException)
            {
                return Refused("it is not a connection string");
            }
        }

        private static ValidateOptionsResult Refused(string why) => ValidateOptionsResult.Fail(
            $"Notifier:Database (BENCHMARK_DATABASE, --database) cannot be used: {why}. "
            + "Allowed is Host=…;Database=…;Username=…;Password=… (PostgreSQL), or nothing (SQLite).");
    }
}
