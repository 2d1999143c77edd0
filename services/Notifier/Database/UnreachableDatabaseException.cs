using System.Data.Common;
using System.Net.Sockets;
using Benchmark.Hosting.Logging;

namespace Benchmark.Notifier.Database;

/// <summary>The run database cannot be reached; the message names it and its setting.</summary>
internal sealed class UnreachableDatabaseException(string database, Exception reason)
    : DbException($"The Notifier's database {database} cannot be reached: {reason.Message.TrimEnd('.')}.", reason),
        IToldElsewhere
{
    /// <summary>The exception, or the one inside it, that is of an unreachable database; null for any other.</summary>
    public static UnreachableDatabaseException? In(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is UnreachableDatabaseException unreachable)
                return unreachable;
        }
        return null;
    }

    /// <summary>Includes a host name that cannot be resolved, which arrives as a plain socket exception.</summary>
    public override bool IsTransient => InnerException is SocketException || Transient.Is(InnerException);
}
