using Benchmark.Contracts.Registry;

namespace Benchmark.Tests.Support;

/// <summary>A registry that holds what the test says.</summary>
public sealed class FixedRegistry(ModelRegistry registry) : IRegistry
{
    public FixedRegistry(params ModelDefinition[] models)
        : this(new ModelRegistry(models, [], new NotifyTargets { Email = ["team@bank.example"], Slack = false }))
    {
    }

    public ModelRegistry Current => registry;

    public ModelRegistry Pin() => registry;

    public ModelRegistry Pinned(string? sha256) => registry;
}
