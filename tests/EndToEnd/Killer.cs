using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>
/// Ends processes without a word at random moments; the same random numbers take the same ones in the same order.
/// </summary>
internal sealed class Killer(Cluster cluster, Random random)
{
    private const string Broker = "broker";

    /// <summary>Every second time, ends the Scheduler before, while or after it emits.</summary>
    public async Task MeetAsync(ChildProcess scheduler, KillTally tally)
    {
        if (random.Next(2) == 0)
            return;
        await PauseAsync(TimeSpan.FromSeconds(3));
        if (scheduler.HasExited)
            return;
        await scheduler.KillAsync();
        tally.Killed("scheduler");
    }

    /// <summary>Ends one replica of each service and the broker in any order, then a few more.</summary>
    public async Task RampageAsync(KillTally tally)
    {
        string[] services = [.. cluster.Replicas.Select(replica => replica.Service).Distinct(), Broker];
        random.Shuffle(services);
        foreach (var victim in services.Concat(random.GetItems(services, random.Next(4))))
        {
            await PauseAsync(TimeSpan.FromSeconds(1.5));
            await KillAsync(victim);
            tally.Killed(victim.ToLowerInvariant());
        }
    }

    private async Task KillAsync(string victim)
    {
        if (victim == Broker)
        {
            await cluster.Site.Server.KillAsync();
            await cluster.Site.Server.RestartAsync();
            return;
        }
        Replica[] replicas = [.. cluster.Replicas.Where(replica => replica.Service == victim)];
        await replicas[random.Next(replicas.Length)].KillAsync();
    }

    // Waits for nothing: the moment of a kill is what is random here.
    private async Task PauseAsync(TimeSpan longest)
    {
        using var timer = new PeriodicTimer(
            TimeSpan.FromMilliseconds(1 + random.NextDouble() * longest.TotalMilliseconds));
        await timer.WaitForNextTickAsync();
    }
}
