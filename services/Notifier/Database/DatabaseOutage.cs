using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Database;

/// <summary>
/// Whether the run database can be reached. Each outage is one line in the log, and one when it is over.
/// </summary>
internal sealed class DatabaseOutage(RunDatabase database, ILogger<DatabaseOutage> logger)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly Lock _changing = new();
    private Task _over = Task.CompletedTask;

    /// <summary>Takes note that the database could not be reached.</summary>
    /// <returns>Ends when it can be again.</returns>
    public Task Note(UnreachableDatabaseException reason)
    {
        lock (_changing)
            return _over.IsCompleted ? _over = WatchAsync(reason.Message) : _over;
    }

    // By the real clock: a database does not come back sooner because a test moves another.
    private async Task WatchAsync(string problem)
    {
        logger.DatabaseAway(problem);
        var started = TimeProvider.System.GetTimestamp();
        // To the end of the process: were it over when the process is told to stop, each retry of what is held would be
        // an outage of its own.
        do
            await Task.Delay(s_interval);
        while (!await IsThereAsync());
        logger.DatabaseBack(TimeProvider.System.GetElapsedTime(started));
    }

    private async Task<bool> IsThereAsync()
    {
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException or InvalidOperationException)
        {
            return false;
        }
    }
}
