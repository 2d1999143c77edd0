using System.Data.Common;
using System.Net.Sockets;

namespace Benchmark.Notifier.Database;

/// <summary>The run database cannot be reached; the message names it and its setting.</summary>
internal sealed class UnreachableDatabaseException(string database, Exception reason)
    : DbException($"The Notifier's database {database} cannot be reached: {reason.Message}", reason)
{
    /// <summary>Includes a host name that cannot be resolved, which arrives as a plain socket exception.</summary>
    public override bool IsTransient => InnerException is SocketException || Transient.Is(InnerException);
}
