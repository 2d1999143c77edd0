using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume.Verifying;
using Benchmark.Hosting.Broker;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Pages.Overview;
using Benchmark.Notifier.Runs;
using Benchmark.Notifier.Verifying;
using Microsoft.Extensions.Configuration;

namespace Benchmark.Notifier.Pages.Trouble;

/// <summary>What needs a person, whatever run it is of.</summary>
public sealed record TroubleView
{
    /// <summary>What is wrong with the registry's file as it is now.</summary>
    public required IReadOnlyList<RegistryProblem> Registry { get; init; }

    /// <summary>The reports that have failed and have not arrived since, newest first.</summary>
    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    /// <summary>The error queues that have messages; null where there are none to look at.</summary>
    public IReadOnlyDictionary<string, uint>? ErrorQueues { get; init; }

    /// <summary>Why the error queues could not be looked at; null when they could.</summary>
    public string? ErrorQueuesUnknown { get; init; }

    /// <summary>The models that are late, were never published or cannot be read.</summary>
    public required IReadOnlyList<ModelRow> Models { get; init; }

    /// <summary>The models of which a file on the volume is not what was published.</summary>
    public IReadOnlyList<ModelVerification> Altered { get; init; } = [];
}

/// <summary>Finds what needs a person.</summary>
internal sealed class Troubles(
    IServiceProvider process, IRegistry registry, IConfiguration configuration, RunStore runs, ModelRows models)
{
    private const int Listed = 100;

    // The rest of the page does not wait longer for a broker that does not answer.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    public async Task<TroubleView> FindAsync(CancellationToken ct)
    {
        var (queues, unknown) = await ErrorQueuesAsync(ct);
        var problems = Problems();
        return new TroubleView
        {
            Registry = problems,
            Deliveries = await runs.UndeliveredAsync(Listed, ct),
            ErrorQueues = queues,
            ErrorQueuesUnknown = unknown,
            Models = HasRegistry()
                ? [.. (await models.ReadAsync(ct)).Where(row => row is { IsLate: true } or { IsPublished: false })]
                : [],
            Altered = Altered(),
        };
    }

    private IReadOnlyList<ModelVerification> Altered() =>
        [.. (((Verifications?)process.GetService(typeof(Verifications)))?.All ?? [])
            .Where(found => found.Altered.Count > 0)
            .OrderBy(found => found.Name.ToString(), StringComparer.Ordinal)];

    private IReadOnlyList<RegistryProblem> Problems()
    {
        // Read by now at the latest, so that there is something to say of it.
        HasRegistry();
        return ((LiveRegistry?)process.GetService(typeof(LiveRegistry)))?.Problems ?? [];
    }

    private bool HasRegistry()
    {
        try
        {
            return registry.Current is not null;
        }
        catch (RegistryException)
        {
            // Its problems are on the page.
            return false;
        }
    }

    private async Task<(IReadOnlyDictionary<string, uint>? Queues, string? Unknown)> ErrorQueuesAsync(
        CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(s_patience);
        try
        {
            var messages = await BrokerQueues.MessagesAsync(
                configuration, Queues.All.Select(queue => $"{queue}_error"), inTime.Token);
            return (messages?.Where(queue => queue.Value > 0).ToDictionary(), null);
        }
        catch (BrokerException e)
        {
            return (null, e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, $"The broker did not answer within {s_patience.TotalSeconds:0} s.");
        }
    }
}
