using System.Globalization;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

/// <summary>
/// Every few calls of one kind fail, or the process is killed at one. A few kinds, drawn by the seed; all of them with
/// <c>BENCHMARK_FAULTS=all</c>.
/// </summary>
[NeedsStrace]
public sealed class Publishing_while_calls_fail : IDisposable
{
    private const int RunsPerKind = 8;

    private static readonly string[] s_kinds =
        ["mkdir", "link", "rename", "unlink", "rmdir", "openat", "statx", "write", "fsync", "fchmod", "close"];

    private static readonly string[] s_errors = ["EIO", "ENOSPC", "ESTALE", "EDQUOT", "EROFS"];

    private static readonly bool s_all = Environment.GetEnvironmentVariable("BENCHMARK_FAULTS") == "all";

    private readonly TempVolume _volume = new();
    private readonly Random _random = Seed.Random();
    private int _run;

    private ModelPaths Model => _volume.Layout.Paths();

    public void Dispose() => _volume.Dispose();

    [Fact(Timeout = 3_600_000)]
    public async Task Says_what_readers_see()
    {
        var faults = Drawn(from kind in s_kinds from error in s_errors select (kind, error), 5);
        foreach (var (kind, error) in faults)
            // Every few, so that over the runs each call of the kind fails once; or all from one on, for good.
            await PublishAsync($"{kind}:error={error}:when={_random.Next(1, 12)}+{_random.Next(1, 4) * 4 - 1}");
        foreach (var (kind, error) in Drawn(faults, 2))
            await PublishAsync($"{kind}:error={error}:when={_random.Next(1, 12)}+");

        Durability.Say(
            $"calls that failed: {_run - 1} publications under {faults.Count} kinds of faults, each outcome right");
    }

    [Fact(Timeout = 3_600_000)]
    public async Task Leaves_a_known_version_when_it_is_killed_at_any_call()
    {
        var kills = Drawn(from kind in s_kinds from call in Enumerable.Range(1, 14) select (kind, call), 8);
        foreach (var (kind, call) in kills)
            await PublishAsync($"{kind}:signal=KILL:when={call}");

        Durability.Say($"kills: {kills.Count} places, {_run - 1} publications, a known version each time");
    }

    private List<T> Drawn<T>(IEnumerable<T> all, int count)
    {
        var drawn = all.ToArray();
        _random.Shuffle(drawn);
        return [.. drawn.Take(s_all ? int.MaxValue : count)];
    }

    private async Task PublishAsync(string fault)
    {
        if (_run == 0)
            new BareSwap(_volume.Layout).Publish(_volume.Layout.Stage(++_run));
        using var child = await PublishingProcess.StartObedientAsync(_volume.Layout);
        using var strace = Strace.Start(
            "-o", "/dev/null", "-p", $"{child.Id}", "-e", $"trace={fault.Split(':')[0]}", "-e", $"inject={fault}");
        await TracedAsync(child);

        var first = _run + 1;
        for (var answer = ""; answer is not null && _run < first + RunsPerKind - 1;)
        {
            _run++;
            answer = await PublishAsync(child, fault);
        }
        child.Dispose();

        // The volume is well again, and messages that were not answered come again.
        for (var run = first; run <= _run; run++)
            new BareSwap(_volume.Layout).TryPublish(StagedData.Message(run), isLastAttempt: false);
        new BareSwap(_volume.Layout).Publish(_volume.Layout.Stage(++_run)).Version
            .Should().Be(PublishedVersions.Latest(Model), fault);
        VolumeAudit.RequireRest(Model);
    }

    private async Task<string?> PublishAsync(ChildProcess child, string fault)
    {
        var before = VolumeAudit.Served(Model);
        _volume.Layout.Stage(_run);
        await child.WriteLineAsync($"{_run}");

        var answer = await child.ReadLineAsync();

        var because = $"'{answer}' to run {_run} with {fault}";
        var served = VolumeAudit.Served(Model);
        VolumeAudit.RequireWholeVersions(Model);
        switch (answer?.Split(' ', 3))
        {
            case ["Published", var version, var reason]:
                served.Should().Be(_run, because);
                PublishedVersions.Latest(Model).Should().Be(int.Parse(version, CultureInfo.InvariantCulture), because);
                if (reason.Length == 0)
                    ServedFile.Problem(Model).Should().BeNull(because);
                break;
            case ["Failed", ..]:
                served.Should().Be(before, because);
                break;
            case null or ["threw", ..]:
                // A kill, or nobody can tell: the message comes again.
                served.Should().BeOneOf([before, _run], because);
                break;
            default:
                throw new InvalidOperationException(because);
        }
        return answer;
    }

    private static async Task TracedAsync(ChildProcess child)
    {
        var status = $"/proc/{child.Id}/task/{child.Id}/status";
        while ((await File.ReadAllTextAsync(status)).Contains("TracerPid:\t0\n"))
            await Task.Delay(TimeSpan.FromMilliseconds(10));
    }
}
