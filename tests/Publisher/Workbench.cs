using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Publisher.Tests;

/// <summary>The Publisher as a process has it, on a real volume, with a bus in memory.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly TempVolume _volume = new();
    private readonly IHost _host;
    private readonly LogCapture _log = new();
    private BusProbe _probe = null!;
    private int _unconsumed;

    private Workbench(int? anchor, VolumeLayout? volume)
    {
        Volume = volume ?? _volume.Layout;
        Installation.Make(Volume);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IRegistry>(new FixedRegistry(
            Models.Named(StagedData.ValueStream, StagedData.Model) with { KeepVersions = 3, DriftAnchor = anchor },
            Models.Named(StagedData.ValueStream, VolumeLayout.SharedData)));
        builder.Services.AddSingleton(Volume).AddSingleton<TimeProvider>(Time);
        builder.Logging.AddProvider(_log);
        builder.AddPublisher();
        builder.AddBus();
        _host = builder.Build();
    }

    public VolumeLayout Volume { get; }

    public ModelPaths Model => Volume.Paths();

    public FakeTimeProvider Time { get; } = new(StagedData.Fetched.AddHours(12));

    public Manifest Served => VolumeJson.Read<Manifest>(Model.Manifest);

    public IReadOnlyList<int> Versions => PublishedVersions.All(Model);

    private IBus Bus => _host.Services.GetRequiredService<IBus>();

    public static async Task<Workbench> StartAsync(int? anchor = null, VolumeLayout? volume = null)
    {
        var bench = new Workbench(anchor, volume);
        await bench._host.StartAsync();
        bench._probe = BusProbe.On(bench.Bus);
        return bench;
    }

    /// <summary>
    /// Sends a message, waits until the Publisher is quite done with it, and returns what it announced.
    /// </summary>
    public async Task<object> PublishAsync(ModelValidated message)
    {
        await SendAsync(message);
        await ConsumedAsync();
        return Announced.Last();
    }

    public async Task<ModelPublished> PublishedAsync(ModelValidated message) =>
        (await PublishAsync(message)).Should().BeOfType<ModelPublished>().Subject;

    public async Task<ModelPublishFailed> RefusedAsync(ModelValidated message) =>
        (await PublishAsync(message)).Should().BeOfType<ModelPublishFailed>().Subject;

    public Task SendAsync(ModelValidated message)
    {
        _unconsumed++;
        return Bus.Publish(message);
    }

    /// <summary>Sends a person's request, and waits until the Publisher is quite done with it.</summary>
    public async Task AskAsync<T>(T request)
        where T : class
    {
        _unconsumed++;
        await Bus.Publish(request);
        await ConsumedAsync();
    }

    /// <summary>Waits until every message sent so far has been consumed without an error.</summary>
    public async Task ConsumedAsync()
    {
        for (; _unconsumed > 0; _unconsumed--)
            await _probe.NextConsumedAsync();
    }

    /// <summary>Lets quarters of an hour pass, each with a look at every model, until something holds.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        for (; !holds(); await Task.Delay(TimeSpan.FromMilliseconds(20)))
            Time.Advance(Upkeep.Pause);
    }

    /// <summary>Waits until a line that begins so, with its level, has been logged.</summary>
    public Task LoggedAsync(string beginning) => _log.NextAsync(beginning);

    /// <summary>The lines so far that contain some words.</summary>
    public IReadOnlyList<string> Logged(string words) =>
        [.. _log.Lines.Where(line => line.Contains(words, StringComparison.Ordinal))];

    /// <summary>What it has sent back to be examined again.</summary>
    public IReadOnlyList<ModelStaged> SentBack => [.. _probe.Published<ModelStaged>()];

    public IReadOnlyList<object> Announced =>
        [.. _probe.Published<object>().Where(message => message is ModelPublished or ModelPublishFailed)];

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _volume.Dispose();
    }
}
