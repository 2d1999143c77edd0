using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Volume;

namespace Benchmark.Fetcher;

/// <summary>The moment as of which a model is read (<c>as_of: run</c>): the same for all of its run.</summary>
internal sealed class ReadMoment(VolumeLayout volume, TimeProvider time)
{
    /// <summary>How far the clocks of this machine and of a source may differ: those kept by NTP do by less.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(10);

    // Whoever starts runs has a clock that is wrong.
    private static readonly TimeSpan s_tooFarAhead = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Waits until the moment is past by the clock of the source too, which refuses to be read as it will be.
    /// </summary>
    /// <param name="refresh">Whose moment.</param>
    /// <param name="readyAt">When its source said that it has its data; null when it was not asked.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The moment; null for a model that is read as it is.</returns>
    /// <exception cref="FetchRefusedException">The moment is far ahead.</exception>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public async Task<DateTimeOffset?> AwaitAsync(
        ResolvedRefresh refresh, DateTimeOffset? readyAt, CancellationToken ct)
    {
        if (!refresh.Model.AsOfRun)
            return null;
        // As it was when the run started, a source may have lacked what the run has waited for since.
        var moment = readyAt is { } ready ? Agreed(refresh, ready + ClockTolerance)
            : refresh.Request.RunStartedAt ?? time.GetUtcNow();
        var ahead = moment - time.GetUtcNow();
        if (ahead > s_tooFarAhead)
            throw TooFarAhead(refresh, moment, ahead);
        if (ahead + ClockTolerance > TimeSpan.Zero)
            await Task.Delay(ahead + ClockTolerance, time, ct);
        return moment;
    }

    // Each Fetcher hears by itself that the source is ready: the first to say so decides for all of them.
    private DateTimeOffset Agreed(ResolvedRefresh refresh, DateTimeOffset moment)
    {
        var question = Encoding.UTF8.GetBytes($"{refresh.Source.Name}\n{refresh.Model.Ready}");
        var path = volume.ReadMoment(refresh.RunId, Convert.ToHexStringLower(SHA256.HashData(question))[..16]);
        if (VolumeJson.ReadIfThere<Moment>(path) is { } known)
            return known.AsOf;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var mine = VolumeJson.Prepare(path, new Moment { AsOf = moment }))
            Posix.TryLink(mine.Temporary, path);
        return VolumeJson.Read<Moment>(path).AsOf;
    }

    private static FetchRefusedException TooFarAhead(
        ResolvedRefresh refresh, DateTimeOffset moment, TimeSpan ahead) => new(
        $"{refresh.Model.Name} is to be read as of {moment.UtcDateTime:u}, which by this machine's clock is {ahead:g} "
        + "from now.",
        "Set the clocks of this machine and of whoever starts the runs by NTP, then refresh again.");

    private sealed record Moment
    {
        public required DateTimeOffset AsOf { get; init; }
    }
}
