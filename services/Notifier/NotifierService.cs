using System.Diagnostics.Metrics;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Hosting;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Lineage;
using Benchmark.Notifier.Measuring;
using Benchmark.Notifier.Pages;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;
using Benchmark.Notifier.Saga;
using Benchmark.Notifier.Sweeps;
using Benchmark.Notifier.Verifying;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier;

/// <summary>Adds this service to its own process, or to the one that runs all five.</summary>
public static class NotifierService
{
    /// <summary>Adds the saga, the sweep and what they need.</summary>
    public static void AddNotifier(this IHostApplicationBuilder builder)
    {
        builder.AddContractsOfConsumer();
        builder.AddMessageTags(RefreshTags.Of, RefreshTags.FailureOf);
        builder.AddConsumers(AddRuns);
        builder.AllowNoConsumer<RunClosed>();

        var services = builder.Services;
        AddOptions<StateOptions>(services, StateOptions.Section);
        AddOptions<NotifierOptions, NotifierOptions.Validation>(services, NotifierOptions.Section);
        AddOptions<MailOptions, MailOptions.Validation>(services, MailOptions.Section);
        AddOptions<SlackOptions, SlackOptions.Validation>(services, SlackOptions.Section);
        AddOptions<WebhookOptions>(services, WebhookOptions.Section);
        AddOptions<PagesOptions, PagesOptions.Validation>(services, PagesOptions.Section);

        services.AddSingleton(
            provider => new RunDatabase(Value<StateOptions>(provider), Value<NotifierOptions>(provider)));
        services.AddHealthChecks().AddCheck<RunDatabaseHealth>("runs", tags: ["ready"]);
        services.AddSingleton<RunStore>();
        services.AddSingleton<DueWork>();
        services.AddSingleton<RunSteps>();
        services.AddSingleton<FaultWithoutRunFilter>();
        services.AddSingleton<PageLinks>();
        AddReports(services);
        AddDeliveries(services);
        services.AddSingleton<OverdueRuns>();
        services.AddSingleton<SweepPace>();
        services.AddSingleton<Sweep>();
        services.AddHostedService(provider => provider.GetRequiredService<Sweep>());
        AddMetrics(services);
        AddLineage(services);
        services.AddSingleton<Verifications>();
        services.AddSingleton<VerificationLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<VerificationLoop>());
    }

    private static void AddReports(IServiceCollection services)
    {
        services.AddSingleton<ModelFactsReader>();
        services.AddSingleton<ReportContexts>();
        services.AddSingleton<Func<ModelRegistry?>>(
            provider => () => CurrentOrNull(provider.GetRequiredService<IRegistry>()));
        services.AddSingleton<ReportBuilder>();
        services.AddSingleton<OldReports>();
        services.AddSingleton<ReportFile>();
    }

    // The reader of the registry logs it; a report without owners is better than none.
    private static ModelRegistry? CurrentOrNull(IRegistry registry)
    {
        try
        {
            return registry.Current;
        }
        catch (RegistryException)
        {
            return null;
        }
    }

    private static void AddDeliveries(IServiceCollection services)
    {
        services.AddSingleton<TeamReports>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<SlackMessage>();
        services.AddSingleton<WebhookMessage>();
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<Channel, MailChannel>();
        services.AddSingleton<Channel, SlackChannel>();
        services.AddSingleton<Channel, WebhookChannel>();
        services.AddSingleton<Channel, FileChannel>();
        services.AddSingleton(provider => new ChannelTest(
            provider.GetServices<Channel>(), provider.GetRequiredService<MailSender>(),
            provider.GetRequiredService<IOptions<SlackOptions>>(), provider.GetRequiredService<TimeProvider>(),
            ServiceIdentity.Of(provider.GetRequiredService<IConfiguration>(), "notifier").Env));
        // HttpClient's default loggers would log the webhook's address, which is a secret. A redirect is not followed:
        // it would take the report to whoever the address has come to belong to.
        services.AddHttpClient(WebhookPost.Client).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddSingleton<AttemptResults>();
        services.AddSingleton<RetrySchedule>();
        services.AddSingleton<DeliveryLoop>();
    }

    private static void AddMetrics(IServiceCollection services)
    {
        services.AddSingleton(provider => Instruments.Of(provider.GetRequiredService<IMeterFactory>()));
        services.TryAddSingleton<RegistryReads>();
        services.AddSingleton<RunMetrics>();
        services.AddSingleton<DeliveryMetrics>();
        services.AddSingleton<LineageMetrics>();
        services.AddSingleton<CommittedFacts>();
        services.AddSingleton<ServedModels>();
        services.AddSingleton<Sampler>();
        services.AddSingleton<Gauges>();
        services.AddSingleton<GaugeSampling>();
        services.AddHostedService(provider => provider.GetRequiredService<GaugeSampling>());
    }

    private static void AddLineage(IServiceCollection services)
    {
        AddOptions<LineageOptions, LineageOptions.Validation>(services, LineageOptions.Section);
        // The default loggers would log the address, which may hold a secret.
        services.AddHttpClient(LineageClient.Name).RemoveAllLoggers();
        services.AddSingleton<LineageQueue>();
        services.AddSingleton<LineageFactsReader>();
        services.AddSingleton<LineageClient>();
        services.AddSingleton<LineageEvents>();
        services.AddSingleton<LineageSending>();
        services.AddHostedService(provider => provider.GetRequiredService<LineageSending>());
    }

    /// <summary>Adds the saga with its own repository to a bus.</summary>
    internal static void AddRuns(IBusRegistrationConfigurator bus) =>
        bus.AddSagaStateMachine<RunStateMachine, RunSaga, RunStateMachineDefinition>().Repository(repository =>
            repository.RegisterSagaRepository<
                RunSaga, RunTransaction, SagaConsumeContextFactory<RunTransaction, RunSaga>, RunSagaContextFactory>());

    private static void AddOptions<T>(IServiceCollection services, string section)
        where T : class =>
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();

    private static void AddOptions<T, TValidation>(IServiceCollection services, string section)
        where T : class
        where TValidation : class, IValidateOptions<T>
    {
        AddOptions<T>(services, section);
        services.AddSingleton<IValidateOptions<T>, TValidation>();
    }

    private static T Value<T>(IServiceProvider provider)
        where T : class =>
        provider.GetRequiredService<IOptions<T>>().Value;
}
