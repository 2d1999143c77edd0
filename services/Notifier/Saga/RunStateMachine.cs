using Benchmark.Contracts;
using Benchmark.Notifier.Runs;
using MassTransit;

namespace Benchmark.Notifier.Saga;

/// <summary>
/// Follows one run from its first event to its close. Consumes every event of a refresh and
/// <see cref="CloseRun"/>, in any order and any number of times; publishes <see cref="RunClosed"/>.
/// </summary>
internal sealed class RunStateMachine : MassTransitStateMachine<RunSaga>
{
    private readonly RunSteps _steps;

    public RunStateMachine(RunSteps steps)
    {
        _steps = steps;
        InstanceState(run => run.Phase);

        var started = Event<RefreshRunStarted>(nameof(RefreshRunStarted), e => e.CorrelateById(c => c.Message.RunId));
        var closeAsked = Event<CloseRun>(nameof(CloseRun), e =>
        {
            e.CorrelateById(c => c.Message.RunId);
            e.OnMissingInstance(missing => missing.Execute(c => steps.CloseOfUnknownRun(c.Message)));
        });

        Initially(CloseIfDone(When(started).ThenAsync(steps.Start).TransitionTo(Running)));
        During(Early, CloseIfDone(When(started).ThenAsync(steps.Start).TransitionTo(Running)));
        During(Running, Ignore(started));
        During(Closed, When(started).ThenAsync(steps.StartLate));

        During([Early, Running], Close(When(closeAsked).ThenAsync(steps.MarkRestMissing), RunState.Incomplete));
        During(Closed, When(closeAsked).ThenAsync(steps.PublishClosedAgain));

        On<ModelStaged>(m => m.RunId, Progress.Staged, RefreshOutcomes.Of);
        On<ModelValidated>(m => m.RunId, Progress.Validated, RefreshOutcomes.Of);
        On<ModelFetchFailed>(m => m.RunId, Progress.Ended, RefreshOutcomes.Of);
        On<ModelRejected>(m => m.RunId, Progress.Ended, m => m.Refresh);
        On<ModelPublished>(m => m.RunId, ProgressOf, m => m.Refresh);
        On<ModelPublishFailed>(m => m.RunId, Progress.Ended, m => m.Refresh);
        On<Fault<ModelStaged>>(m => m.Message.RunId, Progress.Faulted, RefreshOutcomes.Of);
        On<Fault<ModelValidated>>(m => m.Message.RunId, Progress.Faulted, RefreshOutcomes.Of);
        On<Fault<RollBackModel>>(m => m.Message.RunId, Progress.Faulted, RefreshOutcomes.Of);
        On<Fault<AcceptRejected>>(m => m.Message.RunId, Progress.Faulted, RefreshOutcomes.Of);
        // FaultWithoutRunFilter drops those without a run.
        On<Fault<RefreshModel>>(m => FaultWithoutRunFilter.RunOf(m)!.Value, Progress.Faulted, RefreshOutcomes.Of);
    }

    /// <summary>Events have arrived before the start; it is not known yet what the run waits for.</summary>
    public State Early { get; private set; } = null!;

    /// <summary>Waiting for the models of the start.</summary>
    public State Running { get; private set; } = null!;

    /// <summary>Reported; later events are only recorded.</summary>
    public State Closed { get; private set; } = null!;

    private static Progress ProgressOf(ModelPublished published) =>
        published.Refresh.Outcome == Outcome.Published ? Progress.Served : Progress.Ended;

    private void On<T>(Func<T, Guid> run, Progress progress, Func<T, RefreshOutcome> read)
        where T : class => On(run, _ => progress, read);

    private void On<T>(Func<T, Guid> run, Func<T, Progress> progress, Func<T, RefreshOutcome> read)
        where T : class
    {
        var received = Event<T>(TypeCache<T>.ShortName, e => e.CorrelateById(c => run(c.Message)));

        Initially(When(received).Then(c => _steps.OpenWithoutStart(c, read))
            .ThenAsync(c => _steps.Record(c, progress(c.Message), read))
            .TransitionTo(Early));
        During(Early, When(received).ThenAsync(c => _steps.Record(c, progress(c.Message), read)));
        During(Running, CloseIfDone(When(received).ThenAsync(c => _steps.Record(c, progress(c.Message), read))));
        During(Closed, When(received).ThenAsync(c => _steps.RecordLate(c, progress(c.Message), read)));
    }

    private EventActivityBinder<RunSaga, T> CloseIfDone<T>(EventActivityBinder<RunSaga, T> run)
        where T : class =>
        run.IfAsync(_steps.IsComplete, done => Close(done, RunState.Completed));

    private EventActivityBinder<RunSaga, T> Close<T>(EventActivityBinder<RunSaga, T> run, RunState state)
        where T : class =>
        run.ThenAsync(c => _steps.Close(c, state)).TransitionTo(Closed);
}
