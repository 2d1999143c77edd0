using System.Collections.Concurrent;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume.Verifying;

namespace Benchmark.Notifier.Verifying;

/// <summary>What the last look at the versions of each model has found, for gauges and pages.</summary>
internal sealed class Verifications
{
    private readonly ConcurrentDictionary<ModelKey, ModelVerification> _found = new();

    /// <summary>Those that are known, in no order.</summary>
    public IReadOnlyCollection<ModelVerification> All => [.. _found.Values];

    /// <summary>The last look at a model; null before the first.</summary>
    public ModelVerification? Find(ModelKey name) => _found.GetValueOrDefault(name);

    /// <summary>Keeps a look; returns the one before.</summary>
    public ModelVerification? Keep(ModelVerification verification)
    {
        var before = _found.GetValueOrDefault(verification.Name);
        _found[verification.Name] = verification;
        return before;
    }

    /// <summary>Forgets the models that are not among these.</summary>
    public void KeepOnly(IEnumerable<ModelKey> names)
    {
        foreach (var gone in _found.Keys.Except(names).ToList())
            _found.TryRemove(gone, out _);
    }
}
