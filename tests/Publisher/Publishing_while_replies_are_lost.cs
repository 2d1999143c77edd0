using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

/// <summary>
/// Every few calls of one kind are carried out, and report that they failed. On EFS that is an outage: the server keeps
/// no replies, so nobody can tell. A few kinds, drawn by the seed; all of them with <c>BENCHMARK_FAULTS=all</c>.
/// </summary>
[NeedsLostReplies]
public sealed class Publishing_while_replies_are_lost : IDisposable
{
    private readonly TempVolume _volume = new();
    private readonly Random _random = Seed.Random();
    private readonly TroubledPublications _publications;
    private long _lost;

    public Publishing_while_replies_are_lost() => _publications = new TroubledPublications(_volume.Layout);

    public void Dispose() => _volume.Dispose();

    [Fact(Timeout = 3_600_000)]
    public async Task Says_what_readers_see()
    {
        var faults = TroubledPublications.Drawn(
            _random, from kind in LostReplies.Kinds from error in Errors(kind) select (kind, error), 6);
        foreach (var (kind, error) in faults)
            await PublishAsync(kind, error, _random.Next(1, 6), every: _random.Next(2, 6));

        Durability.Say($"replies lost: {_lost} in {_publications.Count} publications under {faults.Count} kinds of "
            + "faults, each outcome right");
    }

    [Fact(Timeout = 3_600_000)]
    public async Task Says_what_readers_see_when_no_reply_comes_any_more()
    {
        // Of each kind, so that all of them are known to be lost.
        foreach (var kind in LostReplies.Kinds)
        {
            var before = _lost;
            foreach (var (error, first) in TroubledPublications.Drawn(
                _random, from error in Errors(kind) from first in Enumerable.Range(1, 8) select (error, first), 1))
                await PublishAsync(kind, error, first, every: 1);
            _lost.Should().BeGreaterThan(before, $"a publication calls {kind}");
        }

        Durability.Say($"no reply any more: {_lost} lost in {_publications.Count} publications, each outcome right");
    }

    // What the server's failure looks like; and what a call comes to that the client repeats, when the first was
    // carried out.
    private static IEnumerable<Errno> Errors(string kind) => kind switch
    {
        "mkdir" or "link" => [Errno.EIO, Errno.ESTALE, Errno.EEXIST],
        "rename" or "unlink" or "rmdir" => [Errno.EIO, Errno.ESTALE, Errno.ENOENT],
        "write" or "fsync" or "close" => [Errno.EIO, Errno.ESTALE, Errno.ENOSPC, Errno.EDQUOT],
        _ => [Errno.EIO, Errno.ESTALE],
    };

    private async Task PublishAsync(string kind, Errno error, int first, int every)
    {
        using var replies = new LostReplies(kind, error, first, every, _volume.Root);
        await _publications.PublishAsync(
            () => PublishingProcess.StartObedientAsync(
                _volume.Layout, TroubledPublications.DaysBetween, replies.Environment),
            $"{error} of {kind} that was carried out, from {first}, every {every}");
        _lost += replies.Count;
    }
}
