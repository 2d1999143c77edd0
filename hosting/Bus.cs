using Benchmark.Hosting.Broker;
using Benchmark.Hosting.Tracing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Hosting;

/// <summary>The bus: in memory, or RabbitMQ when there is one.</summary>
public static class Bus
{
    // The order of stopping: consumers get 20 s to finish, the bus 40 s, the host 50 s, and Kubernetes kills at 60 s.
    // A message that is not done by then goes back to its queue.
    private static readonly TimeSpan s_consumerStop = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_busStop = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan s_hostStop = TimeSpan.FromSeconds(50);

    /// <summary>Adds a service's consumers and sagas to the one bus of this process.</summary>
    public static void AddConsumers(
        this IHostApplicationBuilder builder, Action<IBusRegistrationConfigurator> consumers) =>
        builder.Services.AddSingleton(new ConsumerRegistration(consumers));

    /// <summary>
    /// Allows messages of a type to be published although no queue is bound for them. Publishing any other message that
    /// reaches no queue throws <see cref="MessageReturnedException"/>, so that it is never lost in silence.
    /// </summary>
    public static void AllowNoConsumer<T>(this IHostApplicationBuilder builder)
        where T : class =>
        builder.Services.AddSingleton(
            new OptionalMessage(context => context is PublishContext<T>, bus => bus.Publish<T>(_ => { })));

    /// <summary>
    /// Names a message that this process publishes: without a queue of its own, it learns by that message's exchange
    /// whether the broker takes any.
    /// </summary>
    public static void AddPublished<T>(this IHostApplicationBuilder builder)
        where T : class =>
        builder.Services.AddSingleton(new PublishedMessage(BrokerProbe.ExchangeOf<T>()));

    /// <summary>
    /// Adds the bus with all that was given to <see cref="AddConsumers"/>. Called once, after all services.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="service">What the broker's dashboard calls the connection of this process.</param>
    /// <exception cref="OptionsValidationException">The broker's address is invalid.</exception>
    public static void AddBus(this IHostApplicationBuilder builder, string service = "benchmark")
    {
        var broker = BusOptions.Broker(builder.Configuration);
        var registrations = Registered<ConsumerRegistration>(builder);

        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = s_hostStop);
        builder.Services.Configure<MassTransitHostOptions>(options =>
        {
            options.StopTimeout = s_busStop;
            options.ConsumerStopTimeout = s_consumerStop;
            // In memory the bus is up at once, and a caller may publish as soon as the host runs.
            options.WaitUntilStarted = broker is null;
        });
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            foreach (var registration in registrations)
                registration.Configure(bus);
            bus.TryAddSingleton(MessageTagging.None);
            bus.AddConsumeObserver<MessageTagObserver>();
            bus.AddSendObserver<MessageTagObserver>();
            bus.AddPublishObserver<MessageTagObserver>();
            if (broker is null)
                bus.UsingInMemory((context, endpoints) => endpoints.ConfigureEndpoints(context));
            else
                UseRabbitMq(bus, BrokerConnection.Settings(broker, service), Registered<OptionalMessage>(builder));
        });
        builder.Services.RemoveMassTransitHostedService();
        builder.Services.AddHostedService(provider =>
            new BusStart(ActivatorUtilities.CreateInstance<MassTransitHostedService>(provider)));
    }

    /// <summary>
    /// Ends the process when the broker accepts its connection and yet serves none of its queues, so that Kubernetes or
    /// systemd restarts it. Does nothing without a broker.
    /// </summary>
    internal static void AddBrokerWatch(this IHostApplicationBuilder builder)
    {
        // A process that does its work and ends says itself what it could not do.
        if (BusOptions.Broker(builder.Configuration) is null || builder.Configuration["once"] == "true")
            return;
        builder.Services.AddOptions<BusOptions>().BindConfiguration(BusOptions.Section).ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddHostedService<BrokerWatch>();
    }

    private static void UseRabbitMq(
        IBusRegistrationConfigurator bus, RabbitMqHostSettings host, IReadOnlyList<OptionalMessage> optional)
    {
        var endpoints = new ConsumedEndpoints();
        bus.AddSingleton(endpoints);
        bus.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            // BrokerHealth says why MassTransit's own check does not serve.
            foreach (var ofMassTransit
                in options.Registrations.Where(check => check.Tags.Contains("masstransit")).ToList())
                options.Registrations.Remove(ofMassTransit);
        });
        bus.AddSingleton<BrokerHealth>();
        bus.AddHealthChecks().AddCheck<BrokerHealth>("broker", tags: [Readiness.Tag, Readiness.ToldElsewhere]);
        bus.AddConfigureEndpointsCallback((_, endpoint) =>
        {
            endpoints.Add(endpoint);
            endpoint.ConfigureReceive(pipe => pipe.UseFilter(new PublishTimeoutFilter()));
        });
        bus.UsingRabbitMq((context, rabbit) =>
        {
            rabbit.Host(host);
            foreach (var message in optional)
                message.DeclareExchange(rabbit);
            rabbit.ConfigurePublish(pipe => pipe.UseExecute(message => message.Mandatory = NeedsQueue(message)));
            rabbit.ConfigureEndpoints(context);
        });

        // MassTransit publishes faults whether or not anything consumes them.
        bool NeedsQueue(PublishContext message) =>
            message is not PublishContext<Fault> and not PublishContext<ReceiveFault>
                && !optional.Any(o => o.Is(message));
    }

    private static IReadOnlyList<T> Registered<T>(IHostApplicationBuilder builder) =>
        [.. builder.Services.Select(s => s.ImplementationInstance).OfType<T>()];

    private sealed record ConsumerRegistration(Action<IBusRegistrationConfigurator> Configure);

    private sealed record OptionalMessage(
        Func<PublishContext, bool> Is, Action<IRabbitMqBusFactoryConfigurator> DeclareExchange);
}
