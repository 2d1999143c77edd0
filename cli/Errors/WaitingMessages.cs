using Benchmark.Contracts;
using Benchmark.Hosting.Broker;

namespace Benchmark.Cli.Errors;

/// <summary>What waits in the <c>_error</c> queues.</summary>
internal sealed class WaitingMessages
{
    /// <summary>How many of each queue are looked at: they are held in memory meanwhile.</summary>
    public const int Most = 1000;

    private readonly List<TakenMessages> _queues = [];

    private WaitingMessages()
    {
    }

    public IReadOnlyList<SetAside> Messages => [.. _queues.SelectMany(queue => queue.Messages)];

    /// <summary>The queues that hold more than was taken of them, and how many each holds.</summary>
    public IEnumerable<(string Queue, long Messages)> MoreThanTaken => _queues
        .Where(queue => queue.Waiting > queue.Messages.Count).Select(queue => (queue.Queue, queue.Waiting));

    public static async Task<WaitingMessages> TakeAsync(ErrorQueues errors, CancellationToken ct)
    {
        var waiting = new WaitingMessages();
        foreach (var queue in Queues.All)
            waiting._queues.Add(await errors.TakeAsync(queue, Most, ct));
        return waiting;
    }

    /// <summary>The messages of these ids, each whole or a beginning that fits no other id.</summary>
    /// <exception cref="UsageException">No message has such an id, or several ids begin so.</exception>
    public IReadOnlyList<SetAside> Named(IEnumerable<string> ids)
    {
        var known = Messages.ToLookup(message => FailedMessage.Of(message).Id, StringComparer.OrdinalIgnoreCase);
        return [.. ids.Select(id => Whole(id, known)).Distinct(StringComparer.OrdinalIgnoreCase)
            .SelectMany(id => known[id])];
    }

    private string Whole(string id, ILookup<string, SetAside> known)
    {
        if (known.Contains(id))
            return id;
        var fitting = known
            .Where(messages => id.Length > 0 && messages.Key.StartsWith(id, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return fitting switch
        {
            [var one] => one.Key,
            [] => throw new UsageException(
                $"No message '{id}' waits in an _error queue. See: benchmark errors."
                + string.Concat(MoreThanTaken.Select(queue =>
                    $" {queue.Queue} holds {Format.Count(queue.Messages)}, of which the first {Format.Count(Most)} "
                    + "are looked at."))),
            _ => throw new UsageException(
                $"'{id}' is the beginning of {Format.Count(fitting.Count)} ids, and nothing is done. Name each in full:"
                + string.Concat(fitting.SelectMany(messages => messages).Select(message =>
                    $"{Environment.NewLine}{FailedMessage.Of(message).Line(TimeProvider.System.GetUtcNow())}"))),
        };
    }
}
