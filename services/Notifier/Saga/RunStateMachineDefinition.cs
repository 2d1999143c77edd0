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

        // Enough on its way that the database never waits for the broker; an event takes well under a millisecond.
        endpoint.PrefetchCount = 64;
        // A fault of ours is named like the fault of a service that consumes the same event, and would be heard as
        // such: 'the validator failed' because our disk was full.
        endpoint.PublishFaults = false;

        endpoint.AddPipeSpecification(
            new FilterPipeSpecification<ConsumeContext<Fault<RefreshModel>>>(_faultsWithoutRun));
        PartitionByRun(endpoint);

        // A busy or restarting database: five tries over about 15 s. What is wrong with a message is not retried.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Exponential(
                5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(8), TimeSpan.FromMilliseconds(400));
            retry.Handle<Exception>(Transient.Is);
        });
        // RunClosed leaves after the transaction is committed, or not at all. Inside the retry: each try has its own.
        endpoint.UseInMemoryOutbox(context);
    }

    // Events of one run would wait for its row lock in turn, each holding a connection: they wait here instead.
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
        endpoint.UsePartitioner<CloseRun>(runs, c => c.Message.RunId);
    }
}
