using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Deliveries;
using Benchmark.Tests.Support;

namespace Benchmark.Notifier.Tests;

/// <summary>A run that has closed, and the Notifier that reports it to whom a test says.</summary>
internal sealed class ReportedRun : IAsyncDisposable
{
    private readonly TempVolume _volume = new();

    private ReportedRun()
    {
    }

    public Events Run { get; } = new();

    public NotifierHost Notifier { get; private set; } = null!;

    /// <summary>A run of a, which was published, and b, which was rejected.</summary>
    public static Task<ReportedRun> StartAsync(NotifyTargets notify, params (string Key, string? Value)[] settings) =>
        StartAsync(notify, run => [run.Published("a"), run.Rejected("b")], settings);

    /// <summary>A run of models that end as a test says.</summary>
    public static Task<ReportedRun> StartAsync(
        NotifyTargets notify, Func<Events, IReadOnlyList<object>> events, params (string Key, string? Value)[] settings) =>
        StartAsync(new FixedRegistry(new ModelRegistry([], [], notify)), events, settings);

    public static async Task<ReportedRun> StartAsync(
        IRegistry registry, Func<Events, IReadOnlyList<object>> events, params (string Key, string? Value)[] settings)
    {
        var reported = new ReportedRun();
        var ends = events(reported.Run);
        reported.Notifier = await NotifierHost.StartAsync(
            reported._volume, registry, settings: settings.ToDictionary(pair => pair.Key, pair => pair.Value));
        await reported.Notifier.ConsumeAsync(reported.Run.Started([.. ends.Select(NameOf)]));
        foreach (var end in ends)
            await reported.Notifier.ConsumeAsync(end);
        return reported;
    }

    /// <summary>Makes an attempt at what is due, and says what came of the only delivery.</summary>
    public async Task<Delivery> AttemptAsync()
    {
        await Notifier.Sweep.SweepNowAsync();
        return (await DeliveriesAsync()).Should().ContainSingle().Subject;
    }

    public Task<IReadOnlyList<Delivery>> DeliveriesAsync() => Notifier.Runs.DeliveriesAsync(Run.RunId);

    public async ValueTask DisposeAsync()
    {
        await Notifier.DisposeAsync();
        _volume.Dispose();
    }

    private static string NameOf(object end) => end switch
    {
        ModelPublished published => published.Refresh.Model,
        ModelRejected rejected => rejected.Refresh.Model,
        ModelFetchFailed failed => failed.Refresh.Model,
        _ => throw new NotSupportedException($"{end.GetType()} ends no refresh here."),
    };
}
