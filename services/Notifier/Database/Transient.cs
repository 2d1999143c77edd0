using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Benchmark.Notifier.Database;

/// <summary>Which database errors are transient.</summary>
internal static class Transient
{
    // SQLITE_BUSY, LOCKED, IOERR, FULL, CANTOPEN: the driver marks none of them as transient.
    private static readonly int[] s_sqlite = [5, 6, 10, 13, 14];

    /// <summary>Whether an exception, or one inside it, is worth a retry.</summary>
    public static bool Is(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is DbException { IsTransient: true } or IOException or TimeoutException
                || (exception is SqliteException sqlite && s_sqlite.Contains(sqlite.SqliteErrorCode)))
                return true;
        }
        return false;
    }
}
