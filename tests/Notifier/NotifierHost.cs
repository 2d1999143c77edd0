using System.Diagnostics.Metrics;
using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Lineage;
using Benchmark.Notifier.Measuring;
using Benchmark.Notifier.Pages;
using Benchmark.Notifier.Pages.Serving;
using Benchmark.Notifier.Runs;
using Benchmark.Notifier.Sweeps;
using Benchmark.Notifier.Verifying;
using Benchmark.Tests.Support;
using MassTransit;
using MassTransit.Events;
using MassTransit.Metadata;
using MassTransit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Notifier.Tests;

/// <summary>
/// One process of the Notifier: real database, real files, a bus in memory, a clock that the test moves.
/// </summary>
internal sealed class NotifierHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero);

    private readonly IHost _host;
    private BusProbe _probe = null!;

    private NotifierHost(IHost host, FakeTimeProvider time, LogCapture log)
    {
        _host = host;
        Time = time;
        Log = log;
    }

    public FakeTimeProvider Time { get; }

    /// <summary>The warnings and errors of this process.</summary>
    public LogCapture Log { get; }

    public ITestHarness Bus => _host.Services.GetRequiredService<ITestHarness>();

    public RunDatabase Database => _host.Services.GetRequiredService<RunDatabase>();

    public RunStore Runs => _host.Services.GetRequiredService<RunStore>();

    /// <summary>Whose meters its metrics are.</summary>
    public IMeterFactory Meters => _host.Services.GetRequiredService<IMeterFactory>();

    public GaugeSampling Gauges => _host.Services.GetRequiredService<GaugeSampling>();

    /// <summary>The background verification; the test says when.</summary>
    public VerificationLoop Verification => _host.Services.GetRequiredService<VerificationLoop>();

    public LineageSending Lineage => _host.Services.GetRequiredService<LineageSending>();

    /// <summary>The server of the pages; the test starts it.</summary>
    public PagesServer Pages => _host.Services.GetRequiredService<PagesServer>();

    public Sweep Sweep => _host.Services.GetRequiredService<Sweep>();

    public static async Task<NotifierHost> StartAsync(
        TempVolume volume,
        IRegistry? registry = null,
        FakeTimeProvider? time = null,
        Dictionary<string, string?>? settings = null,
        Action<IBusRegistrationConfigurator>? others = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection([new("State:Directory", StateOf(volume))]);
        time ??= new FakeTimeProvider(Start);
        var log = new LogCapture(LogLevel.Warning);
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(registry ?? new FixedRegistry());
        builder.Services.AddSingleton(volume.Layout);
        builder.AddPages();
        builder.AddNotifier();
        // The sweep runs when the test says so, not by itself.
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddMassTransitTestHarness(TextWriter.Null, bus =>
        {
            NotifierService.AddRuns(bus);
            others?.Invoke(bus);
        });
        var process = new NotifierHost(builder.Build(), time, log);
        await process.Bus.Start();
        // The sweep waits for it.
        ((ApplicationLifetime)process._host.Services.GetRequiredService<IHostApplicationLifetime>()).NotifyStarted();
        process._probe = BusProbe.On(process.Bus.Bus);
        return process;
    }

    public static string StateOf(TempVolume volume) => Path.Combine(volume.Root, "state");

    /// <summary>Publishes an event and returns when the Notifier is done with it.</summary>
    public Task ConsumeAsync(object message) =>
        _probe.PublishAndConsumeAsync(id => Bus.Bus.Publish(message, context => context.MessageId = id));

    /// <summary>Publishes the fault that MassTransit publishes when a service has given up on a message.</summary>
    public Task ConsumeFaultAsync<T>(T message, string why)
        where T : class => ConsumeFaultAsync(message, NewId.NextGuid(), why);

    /// <summary>The same, of a message with that id.</summary>
    public Task ConsumeFaultAsync<T>(T message, Guid? messageId, string why)
        where T : class =>
        _probe.PublishAndConsumeAsync(id => Bus.Bus.Publish<Fault<T>>(
            new FaultEvent<T>(message, messageId, HostMetadataCache.Host, new IOException(why), []),
            context => context.MessageId = id));

    /// <summary>Returns when the Notifier is done with a message that the test did not publish itself.</summary>
    public Task ConsumedAsync<T>()
        where T : class => _probe.ConsumedAsync<T>();

    /// <summary>What this process has published of a kind.</summary>
    public IReadOnlyList<T> Published<T>()
        where T : class => _probe.Published<T>();

    /// <summary>Tells this process to stop, as SIGTERM does; its bus goes on until it is stopped.</summary>
    public void BeginToStop() => _host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    public Task<HealthReport> HealthAsync() =>
        _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    public async ValueTask DisposeAsync()
    {
        await Bus.Stop();
        _host.Dispose();
    }
}
