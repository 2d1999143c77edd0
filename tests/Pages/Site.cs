using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier;
using Benchmark.Notifier.Pages;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Pages.Tests;

/// <summary>A Notifier that serves its pages: real web server, database and files; a bus in memory.</summary>
internal sealed class Site : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero);

    private readonly IHost _host;
    private readonly TempVolume _volume;

    private Site(IHost host, TempVolume volume, LogCapture log)
    {
        _host = host;
        _volume = volume;
        Log = log;
    }

    public LogCapture Log { get; }

    public string Address => PagesService.AddressOf(_host.Services)!;

    public VolumeLayout Volume => _volume.Layout;

    public bool IsServed => PagesService.AddressOf(_host.Services) is not null;

    public RunStore Runs => _host.Services.GetRequiredService<RunStore>();

    public BusProbe Bus { get; private set; } = null!;

    public static async Task<Site> StartAsync(
        TempVolume volume, IRegistry registry, Dictionary<string, string?>? settings = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["State:Directory"] = Path.Combine(volume.Root, "state"),
            ["Telemetry:Environment"] = "test",
            ["Pages:Address"] = $"http://127.0.0.1:{FreePort.Find()}",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        var log = new LogCapture(LogLevel.Warning);
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        builder.Services.AddSingleton(registry);
        builder.Services.AddSingleton(volume.Layout);
        builder.AddNotifier();
        // No sweep: nothing here is due.
        builder.Services.RemoveAll<IHostedService>();
        builder.AddPages();
        builder.Services.AddMassTransitTestHarness(TextWriter.Null, NotifierService.AddRuns);
        var site = new Site(builder.Build(), volume, log);
        await site._host.StartAsync();
        site.Bus = BusProbe.On(site._host.Services.GetRequiredService<ITestHarness>().Bus);
        return site;
    }

    /// <summary>Publishes an event and returns when the Notifier is done with it.</summary>
    public Task ConsumeAsync(object message) => Bus.PublishAndConsumeAsync(
        id => _host.Services.GetRequiredService<IBus>().Publish(message, context => context.MessageId = id));

    /// <summary>A client that follows no redirection, as a test has to see it.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = new Uri(Address),
    };

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _volume.Dispose();
    }
}
