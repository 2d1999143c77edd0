using Benchmark.Notifier.Database;
using MassTransit;

namespace Benchmark.Notifier.Saga;

/// <summary>
/// Holds an event that finds no database until it is back, and lets it be tried again. No more events are taken from
/// the queue than are held, so the rest waits there.
/// </summary>
internal sealed class DatabaseOutageFilter(DatabaseOutage outage) : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        try
        {
            await next.Send(context);
        }
        catch (Exception e) when (UnreachableDatabaseException.In(e) is { } unreachable)
        {
            await outage.Note(unreachable).WaitAsync(context.CancellationToken);
            throw;
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("databaseOutage");
}
