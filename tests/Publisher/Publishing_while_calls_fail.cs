using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

/// <summary>
/// Every few calls of one kind fail, or the process is killed at one. A few kinds, drawn by the seed; all of them with
/// <c>BENCHMARK_FAULTS=all</c>.
/// </summary>
[NeedsStrace]
public sealed class Publishing_while_calls_fail : IDisposable
{
    // pwrite64, as .NET writes files; write would only be its answer.
    private static readonly string[] s_kinds =
    [
        "mkdir", "link", "rename", "unlink", "rmdir", "openat", "getdents64", "statx", "pwrite64", "fsync", "fchmod",
        "chmod", "close",
    ];

    private static readonly string[] s_errors = ["EIO", "ENOSPC", "ESTALE", "EDQUOT", "EROFS"];

    private readonly TempVolume _volume = new();
    private readonly Random _random = Seed.Random();
    private readonly TroubledPublications _publications;

    public Publishing_while_calls_fail() => _publications = new TroubledPublications(_volume.Layout);

    public void Dispose() => _volume.Dispose();

    [Fact(Timeout = 3_600_000)]
    public async Task Says_what_readers_see()
    {
        var faults = TroubledPublications.Drawn(
            _random, from kind in s_kinds from error in s_errors select (kind, error), 5);
        foreach (var (kind, error) in faults)
            // Every few, so that over the runs each call of the kind fails once; or all from one on, for good.
            await PublishAsync($"{kind}:error={error}:when={_random.Next(1, 12)}+{_random.Next(1, 4) * 4 - 1}");
        foreach (var (kind, error) in TroubledPublications.Drawn(_random, faults, 2))
            await PublishAsync($"{kind}:error={error}:when={_random.Next(1, 12)}+");

        Durability.Say($"calls that failed: {_publications.Count} publications under {faults.Count} kinds of faults, "
            + "each outcome right");
    }

    [Fact(Timeout = 3_600_000)]
    public async Task Leaves_a_known_version_when_it_is_killed_at_any_call()
    {
        var kills = TroubledPublications.Drawn(
            _random, from kind in s_kinds from call in Enumerable.Range(1, 14) select (kind, call), 8);
        foreach (var (kind, call) in kills)
            await PublishAsync($"{kind}:signal=KILL:when={call}");

        Durability.Say(
            $"kills: {kills.Count} places, {_publications.Count} publications, a known version each time");
    }

    private async Task PublishAsync(string fault)
    {
        ChildProcess? strace = null;
        try
        {
            await _publications.PublishAsync(
                async () =>
                {
                    var child = await PublishingProcess.StartObedientAsync(
                        _volume.Layout, TroubledPublications.DaysBetween);
                    strace = Strace.Start("-o", "/dev/null", "-p", $"{child.Id}",
                        "-e", $"trace={fault.Split(':')[0]}", "-e", $"inject={fault}");
                    await TracedAsync(child);
                    return child;
                },
                fault);
        }
        finally
        {
            strace?.Dispose();
        }
    }

    private static async Task TracedAsync(ChildProcess child)
    {
        var status = $"/proc/{child.Id}/task/{child.Id}/status";
        try
        {
            while ((await File.ReadAllTextAsync(status)).Contains("TracerPid:\t0\n"))
                await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
        catch (IOException)
        {
            // Killed already: its runtime makes calls, too.
        }
    }
}
