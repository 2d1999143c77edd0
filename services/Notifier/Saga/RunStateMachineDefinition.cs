using Benchmark.Contracts;
using Benchmark.Hosting;
using Benchmark.Notifier.Database;
using MassTransit;
using MassTransit.Configuration;

namespace Benchmark.Notifier.Saga;

/// <summary>The queue <c>notifier</c>.</summary>
internal sealed class RunStateMachineDefinition : SagaDefinition<RunSaga>
{
    private readonly RunDatabase _database;
    private readonly FaultWithoutRunFilter _faultsWithoutRun;

    public RunStateMachineDefinition(RunDatabase database, FaultWithoutRunFilter faultsWithoutRun)
    {
        _database = database;
        _faultsWithoutRun = faultsWithoutRun;
        EndpointName = Queues.Notifier;
    }

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpoint, ISagaConfigurator<RunSaga> saga, IRegistrationContext context)
    {
        endpoint.UseQuorumQueue();

        // Enough that the database never waits for the broker; an event takes well under a millisecond.
        endpoint.PrefetchCount = 64;
        // A fault of the Notifier has the type of the fault of the service that consumes the same event, and would be
        // taken for it: 'the validator failed' because the Notifier's disk was full.
        endpoint.PublishFaults = false;

        endpoint.AddPipeSpecification(
            new FilterPipeSpecification<ConsumeContext<Fault<RefreshModel>>>(_faultsWithoutRun));
        PartitionByRun(endpoint);

        // For a busy or restarting database: five retries over about 15 s. Other errors are not retried.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Exponential(
                5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(8), TimeSpan.FromMilliseconds(400));
            retry.Handle<Exception>(Transient.Is);
        });
        // RunClosed is sent only after the commit. Inside the retry, so that each attempt has its own outbox.
        endpoint.UseInMemoryOutbox(context);
    }

    // Events of one run wait here for each other; waiting for its row lock, each would hold a connection.
    private void PartitionByRun(IReceiveEndpointConfigurator endpoint)
    {
        var runs = endpoint.CreatePartitioner(_database.ConcurrentRuns);
        endpoint.UsePartitioner<RefreshRunStarted>(runs, c => c.Message.RunId);
        endpoint.UsePartitioner<ModelStaged>(runs, c => c.Message.RunId);
        endpoint.UsePartitioner<ModelFetchFailed>(runs, c => c.Message.RunId);
        endpoint.UsePartitioner<ModelValidated>(runs, c => c.Message.RunId);
        endpoint.UsePartitioner<ModelRejected>(runs, c => c.Message.RunId);
        endpoint.UsePartitioner<ModelPublished>(runs, c => c.Message.RunId);
        endpoint.UsePartitioner<ModelPublishFailed>(runs, c => c.Message.RunId);
        endpoint.UsePartitioner<Fault<RefreshModel>>(runs, c => FaultWithoutRunFilter.RunOf(c.Message) ?? Guid.Empty);
        endpoint.UsePartitioner<Fault<ModelStaged>>(runs, c => c.Message.Message.RunId);
        endpoint.UsePartitioner<Fault<ModelValidated>>(runs, c => c.Message.Message.RunId);
        endpoint.UsePartitioner<Fault<RollBackModel>>(runs, c => c.Message.Message.RunId);
        endpoint.UsePartitioner<Fault<AcceptRejected>>(runs, c => c.Message.Message.RunId);
        endpoint.UsePartitioner<CloseRun>(runs, c => c.Message.RunId);
    }
}
