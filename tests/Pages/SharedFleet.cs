namespace Benchmark.Pages.Tests;

/// <summary>A site that the tests of a class look at together, and do not change.</summary>
public class SharedFleet : IAsyncLifetime
{
    internal Site Site { get; private set; } = null!;

    internal Fleet Fleet { get; private set; } = null!;

    protected virtual int Models => 60;

    protected virtual Dictionary<string, string?> Settings => [];

    public async Task InitializeAsync() => (Site, Fleet) = await Fleet.StartAsync(Models, Settings);

    public Task DisposeAsync() => Site.DisposeAsync().AsTask();
}

/// <summary>One for people whom a proxy has signed in: as many models as it takes to have some of each kind.</summary>
public sealed class SharedFleetBehindProxy : SharedFleet
{
    protected override int Models => 16;

    protected override Dictionary<string, string?> Settings => new() { ["Pages:TrustedHeader"] = "X-Forwarded-User" };
}
