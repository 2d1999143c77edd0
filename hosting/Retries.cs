using MassTransit;

namespace Benchmark.Hosting;

/// <summary>How long a service puts up with a failure of the machine before it gives a message up.</summary>
public static class Retries
{
    /// <summary>
    /// Tries a message five more times, within half a minute: a hiccup of the volume or of a connection passes in a
    /// blink, and in one process somebody is waiting; a failover of the file server or of a database takes the half
    /// minute. A full disk or a lost mount needs a person: then the message waits in the queue's <c>_error</c>.
    /// </summary>
    /// <remarks>Not for <see cref="ArgumentException"/>: a name that is no name stays so.</remarks>
    public static void UseMachineRetry(this IReceiveEndpointConfigurator endpoint) => endpoint.UseMessageRetry(retry =>
    {
        retry.Intervals(200, 1_000, 4_000, 10_000, 15_000);
        retry.Ignore<ArgumentException>();
    });
}
