using System.Collections.Concurrent;
using System.Threading.Channels;
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
    private readonly Observer _observer = new();
    private readonly LogLines _logs = new();
    private int _awaited;

    private Workbench(int? anchor)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IRegistry>(new FixedRegistry(
            Models.Named(StagedData.ValueStream, StagedData.Model) with { KeepVersions = 3, DriftAnchor = anchor },
            Models.Named(StagedData.ValueStream, VolumeLayout.SharedData)));
        builder.Services.AddSingleton(Volume).AddSingleton<TimeProvider>(Time);
        builder.Logging.AddProvider(_logs);
        builder.AddPublisher();
        builder.AddBus();
        _host = builder.Build();
    }

    public VolumeLayout Volume => _volume.Layout;

    public ModelPaths Model => Volume.Paths();

    public FakeTimeProvider Time { get; } = new(StagedData.Fetched.AddHours(12));

    public Manifest Served => VolumeJson.Read<Manifest>(Model.Manifest);

    public IReadOnlyList<int> Versions => PublishedVersions.All(Model);

    private IBus Bus => _host.Services.GetRequiredService<IBus>();

    public static async Task<Workbench> StartAsync(int? anchor = null)
    {
        var bench = new Workbench(anchor);
        await bench._host.StartAsync();
        bench.Bus.ConnectConsumeObserver(bench._observer);
        bench.Bus.ConnectPublishObserver(bench._observer);
        return bench;
    }

    /// <summary>Sends a message, waits until the Publisher is quite done with it, and returns what it announced.</summary>
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
        _awaited++;
        return Bus.Publish(message);
    }

    /// <summary>Waits until every message sent so far has been consumed without an error.</summary>
    public async Task ConsumedAsync()
    {
        for (; _awaited > 0; _awaited--)
            await _observer.Consumed.Reader.ReadAsync();
    }

    /// <summary>Waits until a line with this text has been logged.</summary>
    public async Task LoggedAsync(string text)
    {
        while (!(await _logs.Lines.Reader.ReadAsync()).Contains(text, StringComparison.Ordinal))
        {
        }
    }

    public IReadOnlyCollection<object> Announced => _observer.Announced;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _volume.Dispose();
    }

    private sealed class Observer : IConsumeObserver, IPublishObserver
    {
        public Channel<object> Consumed { get; } = Channel.CreateUnbounded<object>();

        public ConcurrentQueue<object> Announced { get; } = [];

        public Task PreConsume<T>(ConsumeContext<T> context) where T : class => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context) where T : class =>
            Consumed.Writer.WriteAsync(context.Message).AsTask();

        public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception) where T : class => Task.CompletedTask;

        public Task PrePublish<T>(PublishContext<T> context) where T : class => Task.CompletedTask;

        public Task PostPublish<T>(PublishContext<T> context) where T : class
        {
            if (context.Message is ModelPublished or ModelPublishFailed)
                Announced.Enqueue(context.Message);
            return Task.CompletedTask;
        }

        public Task PublishFault<T>(PublishContext<T> context, Exception exception) where T : class => Task.CompletedTask;
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public Channel<string> Lines { get; } = Channel.CreateUnbounded<string>();

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Writer.TryWrite(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
