using System.Data.Common;
using System.Net.Sockets;

namespace Benchmark.Notifier.Database;

/// <summary>The database of runs cannot be connected to; the message says which it is and where it is set.</summary>
internal sealed class UnreachableDatabaseException(string database, Exception reason)
    : DbException($"The Notifier's database {database} cannot be reached: {reason.Message}", reason)
{
    /// <summary>A host's name that is not resolved just now comes from the socket, as it is.</summary>
    public override bool IsTransient => InnerException is SocketException || Transient.Is(InnerException);
}
