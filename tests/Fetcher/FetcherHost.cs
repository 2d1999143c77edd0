using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using Benchmark.Tests.Support;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Fetcher.Tests;

/// <summary>The Fetcher as it is registered in production, on the in-memory test harness, with a real volume.</summary>
public sealed class FetcherHost : IAsyncDisposable
{
    private readonly IHost _host;

    private FetcherHost(IHost host) => _host = host;

    public ITestHarness Harness => _host.Services.GetTestHarness();

    public static async Task<FetcherHost> StartAsync(
        VolumeLayout volume, ModelRegistry registry, TimeProvider? time = null,
        Action<IServiceCollection>? configure = null)
    {
        Installation.Make(volume);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IRegistry>(new FixedRegistry(registry));
        builder.Services.AddSingleton(volume);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.AddFetcher();
        configure?.Invoke(builder.Services);
        builder.AddBus();
        builder.Services.AddMassTransitTestHarness(TextWriter.Null);
        builder.Services.Configure<MassTransitHostOptions>(
            options => options.ConsumerStopTimeout = TimeSpan.FromMilliseconds(1));
        builder.Services.Configure<TestHarnessOptions>(options => options.TestTimeout = TimeSpan.FromSeconds(60));
        builder.Services.Configure<TestHarnessOptions>(
            options => options.TestInactivityTimeout = TimeSpan.FromSeconds(20));
        var host = builder.Build();
        await host.StartAsync();
        return new FetcherHost(host);
    }

    /// <summary>Sends a request and waits for what the Fetcher says of it.</summary>
    public async Task<TAnswer> AskAsync<TAnswer>(RefreshModel request, Guid? messageId = null)
        where TAnswer : class
    {
        await PublishAsync(request, messageId);
        return await NextAsync<TAnswer>();
    }

    public Task PublishAsync(RefreshModel request, Guid? messageId = null) =>
        Harness.Bus.Publish(request, context => context.MessageId = messageId ?? context.MessageId);

    /// <summary>The first message of that type since the start.</summary>
    public async Task<TAnswer> NextAsync<TAnswer>(int skip = 0)
        where TAnswer : class
    {
        var seen = 0;
        await foreach (var published in Harness.Published.SelectAsync<TAnswer>())
        {
            if (seen++ == skip)
                return published.Context.Message;
        }
        var why = Seen<Fault<RefreshModel>>().SelectMany(fault => fault.Exceptions)
            .Select(e => $"{e.ExceptionType}: {e.Message} {e.StackTrace}");
        throw new TimeoutException(
            $"No {typeof(TAnswer).Name} was published, but {string.Join(", ", Seen<object>())}. "
            + $"{string.Join(" ", why)}");
    }

    /// <summary>What has been published of that type by now.</summary>
    public IReadOnlyList<T> Seen<T>()
        where T : class =>
        [.. Harness.Published.Select<T>(new CancellationToken(canceled: true))
            .Select(published => published.Context.Message)];

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
