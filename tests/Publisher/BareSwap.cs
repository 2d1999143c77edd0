using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmark.Publisher.Tests;

/// <summary>What the consumer does, without a bus and its order: for races, kills and full disks.</summary>
internal sealed class BareSwap(VolumeLayout volume, TimeProvider? time = null)
{
    private readonly AtomicSwap _swap = new(volume,
        new Convergence(time ?? TimeProvider.System, NullLogger<Convergence>.Instance),
        time ?? TimeProvider.System, NullLogger<AtomicSwap>.Instance);

    private readonly Housekeeping _housekeeping = new(volume,
        new FixedRegistry(Models.Named(StagedData.ValueStream, StagedData.Model) with { KeepVersions = 3 }),
        time ?? TimeProvider.System, NullLogger<Housekeeping>.Instance);

    public RefreshOutcome Publish(ModelValidated message)
    {
        var served = TryPublish(message, isLastAttempt: false);
        served.Should().Match<RefreshOutcome>(refresh => refresh.IsRefreshed);
        return served!;
    }

    /// <summary>The outcome, whatever it is; null when there is nothing to say.</summary>
    public RefreshOutcome? TryPublish(ModelValidated message, bool isLastAttempt)
    {
        var refresh = _swap.Publish(message, isLastAttempt);
        if (refresh is { IsRefreshed: true })
            _housekeeping.CleanUp(message, refresh);
        return refresh;
    }

    public void Sweep() => _housekeeping.Sweep(volume.Paths());
}
