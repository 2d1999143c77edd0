using Benchmark.Contracts;
using Benchmark.Notifier.Runs;
using MassTransit;

namespace Benchmark.Notifier.Saga;

/// <summary>
/// One run, from the first thing heard of it to its close. Consumes every event of a refresh and
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

        During([Early, Running], Close(When(closeAsked).ThenAsync(steps.GiveUpOnTheRest), RunState.Incomplete));
        During(Closed, When(closeAsked).ThenAsync(steps.SayClosedAgain));

        Hear<ModelStaged>(m => m.RunId, Progress.Staged, RefreshOutcomes.Of);
        Hear<ModelValidated>(m => m.RunId, Progress.Validated, RefreshOutcomes.Of);
        Hear<ModelFetchFailed>(m => m.RunId, Progress.Told, m => m.Refresh);
        Hear<ModelRejected>(m => m.RunId, Progress.Told, m => m.Refresh);
        Hear<ModelPublished>(m => m.RunId, Progress.Told, m => m.Refresh);
        Hear<ModelPublishFailed>(m => m.RunId, Progress.Told, m => m.Refresh);
        Hear<Fault<ModelStaged>>(m => m.Message.RunId, Progress.Faulted, RefreshOutcomes.Of);
        Hear<Fault<ModelValidated>>(m => m.Message.RunId, Progress.Faulted, RefreshOutcomes.Of);
        // Those without a run do not get here: FaultWithoutRunFilter.
        Hear<Fault<RefreshModel>>(m => FaultWithoutRunFilter.RunOf(m)!.Value, Progress.Faulted, RefreshOutcomes.Of);
    }

    /// <summary>Events came before the start; what the run waits for is not known yet.</summary>
    public State Early { get; private set; } = null!;

    /// <summary>Waiting for the models of the start.</summary>
    public State Running { get; private set; } = null!;

    /// <summary>Reported; what still comes is only written down.</summary>
    public State Closed { get; private set; } = null!;

    private void Hear<T>(Func<T, Guid> run, Progress progress, Func<T, RefreshOutcome> read)
        where T : class
    {
        var heard = Event<T>(TypeCache<T>.ShortName, e => e.CorrelateById(c => run(c.Message)));

        Initially(When(heard).Then(_steps.OpenWithoutStart).ThenAsync(c => _steps.Record(c, progress, read))
            .TransitionTo(Early));
        During(Early, When(heard).ThenAsync(c => _steps.Record(c, progress, read)));
        During(Running, CloseIfDone(When(heard).ThenAsync(c => _steps.Record(c, progress, read))));
        During(Closed, When(heard).ThenAsync(c => _steps.RecordLate(c, progress, read)));
    }

    private EventActivityBinder<RunSaga, T> CloseIfDone<T>(EventActivityBinder<RunSaga, T> run)
        where T : class =>
        run.IfAsync(_steps.EverythingIsDone, done => Close(done, RunState.Completed));

    private EventActivityBinder<RunSaga, T> Close<T>(EventActivityBinder<RunSaga, T> run, RunState state)
        where T : class =>
        run.ThenAsync(c => _steps.Close(c, state)).TransitionTo(Closed);
}
