using System.Globalization;
using System.Text.Json;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Tests;

/// <summary>
/// The commands of a script: the name of a message and its model (<c>ModelStaged a</c>), <c>new run</c>, <c>clock
/// 08:00</c>
/// (moves the clock and sweeps), <c>broker refuses the next RunClosed</c>. The start says that the run waits for the
/// models named until 08:00; it is 06:00.
/// </summary>
internal sealed class RunScript(NotifierHost notifier)
{
    private const string Why = "Stale file handle";

    private Events _run = new();
    private int _closed;
    private int _closesAsked;
    private int _errors;
    private int _warnings;

    public Task ActAsync(string command) => command.Split(' ') switch
    {
        ["RefreshRunStarted", .. var models, "at", "09:00"] => notifier.ConsumeAsync(
            _run.Started(models) with { StartedAt = NotifierHost.Start.AddHours(3) }),
        ["RefreshRunStarted", .. var models] => notifier.ConsumeAsync(_run.Started(models)),
        ["ModelStaged", var model] => notifier.ConsumeAsync(_run.Staged(model)),
        ["ModelValidated", var model] => notifier.ConsumeAsync(_run.Validated(model)),
        ["ModelPublished", var model] => notifier.ConsumeAsync(_run.Published(model)),
        ["ModelPublished", var model, "unchanged"] => notifier.ConsumeAsync(_run.Published(model, Outcome.Unchanged)),
        ["ModelPublished", var model, "superseded"] => notifier.ConsumeAsync(_run.Published(model, Outcome.Superseded)),
        ["ModelRejected", var model] => notifier.ConsumeAsync(_run.Rejected(model)),
        ["ModelFetchFailed", var model] => notifier.ConsumeAsync(_run.FetchFailed(model)),
        ["ModelFetchFailed", var model, "source", "late"] => notifier.ConsumeAsync(_run.SourceLate(model)),
        ["ModelPublishFailed", var model] => notifier.ConsumeAsync(_run.PublishFailed(model)),
        ["Fault<RefreshModel>", var model] => notifier.ConsumeFaultAsync(_run.Request(model), Why),
        ["Fault<RefreshModel>", var model, "without", "run"] =>
            notifier.ConsumeFaultAsync(WithoutRun(model), null, Why),
        ["Fault<RefreshModel>", var model, "that", "opened", "the", "run"] =>
            notifier.ConsumeFaultAsync(WithoutRun(model), _run.RunId, Why),
        ["Fault<ModelStaged>", var model] => notifier.ConsumeFaultAsync(_run.Staged(model), Why),
        ["Fault<ModelValidated>", var model] => notifier.ConsumeFaultAsync(_run.Validated(model), Why),
        ["CloseRun", .. var reason] => AskForCloseAsync(string.Join(' ', reason)),
        ["clock", var time] => SweepAtAsync(TimeSpan.Parse(time, CultureInfo.InvariantCulture)),
        ["new", "run"] => BeginAnother(),
        ["broker", "refuses", "the", "next", "RunClosed"] => RefuseTheNextRunClosed(),
        _ => throw new ArgumentException($"There is no command '{command}'."),
    };

    public async Task<IReadOnlyList<string>> LookAsync() =>
    [
        .. await RowsAsync(
            "select phase, run_trigger, deadline, closed_at, state, close_reason from runs where run_id = @run",
            row => Run(row)),
        .. await RowsAsync(
            "select expected, outcome, refresh from refreshes where run_id = @run order by model",
            row => Model(row)),
        .. New(notifier.Published<CloseRun>(), ref _closesAsked)
            .Select(close => $"publishes CloseRun: {close.Reason}"),
        .. New(notifier.Published<RunClosed>(), ref _closed).Select(Closed),
        .. await RowsAsync(
            "select channel, team, state, scope from deliveries where run_id = @run order by channel, team, scope",
            row => $"{(row[3] is "all" ? "report" : row[3])} by {row[0]} to {row[1]}: {row[2]}"),
        .. New(notifier.Log.Of(LogLevel.Error), ref _errors).Where(IsOurs).Select(line => $"error: {Anonymous(line)}"),
        .. New(notifier.Log.Of(LogLevel.Warning), ref _warnings).Where(IsOurs)
            .Select(line => $"warns: {Anonymous(line)}"),
    ];

    private static string Run(object?[] row) => row[3] is { } closed
        ? $"run {row[0]} at {Time(closed)}, {row[4]}: {row[5] ?? "every model has an outcome"}"
        : $"run {row[0]}, {(row[1] is { } trigger ? $"started by {trigger}" : "not started")}, until {Time(row[2]!)}";

    private static string Model(object?[] row)
    {
        var awaited = Convert.ToInt32(row[0], CultureInfo.InvariantCulture) == 1 ? "awaited" : "unasked";
        var refresh = JsonSerializer.Deserialize<RefreshOutcome>((string)row[2]!, VolumeJson.Options)!;
        var facts = string.Join(", ", new[]
        {
            refresh.Version is { } version ? $"version {version}" : null,
            refresh.Rows is { } rows ? $"{rows} rows" : null,
            refresh.Reason,
        }.OfType<string>());
        var stage = refresh.Stage.ToString().ToLowerInvariant();
        return $"  {refresh.Model}  {awaited}  {stage,-8}  {row[1] ?? "-",-10}  {facts}".TrimEnd();
    }

    private static string Closed(RunClosed closed)
    {
        var models = closed.Models.Select(model => $"{model.Model} {model.Outcome?.Word()}");
        return "publishes RunClosed " + $"{closed.State}: {string.Join(", ", models)}".TrimEnd(' ', ':')
            .ToLowerInvariant();
    }

    private string Anonymous(string line) => line.Replace(_run.RunId.ToString(), "RUN", StringComparison.Ordinal);

    // MassTransit's own lines name messages by ids that differ from run to run.
    private static bool IsOurs(string line) => !line.StartsWith("R-RETRY", StringComparison.Ordinal)
        && !line.StartsWith("S-FAULT", StringComparison.Ordinal);

    private static string Time(object stored) => ((string)stored)[11..16];

    private static RefreshModel WithoutRun(string model) => new() { ValueStream = Events.Stream, Model = model };

    private static IEnumerable<T> New<T>(IReadOnlyList<T> all, ref int seen)
    {
        var fresh = all.Skip(seen);
        seen = all.Count;
        return fresh;
    }

    // Its own publication is not to be seen in the transcript.
    private Task AskForCloseAsync(string reason)
    {
        _closesAsked++;
        return notifier.ConsumeAsync(_run.Close(reason));
    }

    private async Task SweepAtAsync(TimeSpan time)
    {
        notifier.Time.SetUtcNow(NotifierHost.Start.Date + time);
        await notifier.Sweep.SweepNowAsync();
        if (notifier.Published<CloseRun>().Count == _closesAsked)
            return;
        // The report of a run that is closed meanwhile may or may not be in that sweep: it is in the next.
        await notifier.ConsumedAsync<CloseRun>();
        await notifier.Sweep.SweepNowAsync();
    }

    private Task BeginAnother()
    {
        _run = new Events();
        return Task.CompletedTask;
    }

    private Task RefuseTheNextRunClosed()
    {
        notifier.Bus.Bus.ConnectPublishObserver(new RefusedOnce());
        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<string>> RowsAsync(string sql, Func<object?[], string> show)
    {
        await using var connection = await notifier.Database.OpenToReadAsync(CancellationToken.None);
        if (connection is null)
            return [];
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var run = command.CreateParameter();
        (run.ParameterName, run.Value) = ("run", _run.RunId.ToString());
        command.Parameters.Add(run);
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await row.ReadAsync())
            rows.Add(
                show([.. Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? null : row.GetValue(i))]));
        return rows;
    }

    /// <summary>A broker that is away when the run closes, and back a moment later.</summary>
    private sealed class RefusedOnce : IPublishObserver
    {
        private bool _refused;

        public Task PrePublish<T>(PublishContext<T> context)
            where T : class
        {
            if (_refused || context.Message is not RunClosed)
                return Task.CompletedTask;
            _refused = true;
            throw new TimeoutException("The broker did not take it.");
        }

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
