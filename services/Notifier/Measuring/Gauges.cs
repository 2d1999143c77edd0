using Benchmark.Contracts.Registry;
using Benchmark.Data;
using Benchmark.Hosting;
using Benchmark.Notifier.Verifying;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Measuring;

/// <summary>
/// The gauges, and the counter that the registry keeps. Each export reads the last sample; what is not in it, and all
/// of it once it is old, has no value, which tells more than a wrong one.
/// </summary>
internal sealed class Gauges
{
    private readonly IOptions<NotifierOptions> _options;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<Func<bool>> _exported;
    private volatile Sample? _sample;

    public Gauges(
        Instruments instruments, RegistryReads registry, Verifications verifications,
        IOptions<NotifierOptions> options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _exported =
        [
            instruments.Gauge(Metrics.RunsOpen, () => Runs((runs, _) => [new(runs.Open.Count)])),
            instruments.Gauge(Metrics.OldestOpenAge, () => Runs((runs, now) => [new(OldestAge(runs, now))])),
            instruments.Gauge(Metrics.RunsPastDeadline,
                () => Runs((runs, now) => [new(runs.Open.Count(run => run.Deadline <= now))])),
            instruments.Gauge(Metrics.DeliveriesPending,
                () => Runs((runs, _) => runs.Pending.Select(pending => new Reading(pending.Value, pending.Key)))),
            instruments.Gauge(Metrics.ModelAge, () => Models((model, now) => AgeOf(model, now)?.TotalSeconds)),
            instruments.Gauge(Metrics.ModelOverdue, () => Models(Overdue)),
            instruments.Gauge(Metrics.WorstPsi, () => Models(
                (model, _) => model.WorstDrift?.Psi, model => model.WorstDrift!.Band.Word())),
        ];
        instruments.Gauge(Metrics.AlteredFiles, () => verifications.All.Select(
            found => new Reading(found.Altered.Count, found.ValueStream, found.Model)));
        instruments.Gauge(
            Metrics.RegistryProblems, () => registry.Problems is { } problems ? [new(problems)] : []);
        instruments.Counter(
            Metrics.RegistryReloads,
            () => [new(registry.TimesLoaded, "loaded"), new(registry.TimesRefused, "refused")]);
    }

    /// <summary>Whether anything reads the gauges; if not, a sample is not worth its cost.</summary>
    public bool AreExported => _exported.Any(isExported => isExported());

    /// <summary>Shows a sample from now on.</summary>
    public void Show(Sample sample) => _sample = sample;

    // A volume whose server is away can hold up the next sample for minutes.
    private Sample? Fresh(DateTimeOffset now) =>
        _sample is { } sample && now - sample.At <= 3 * _options.Value.GaugeInterval ? sample : null;

    private IEnumerable<Reading> Runs(Func<RunFigures, DateTimeOffset, IEnumerable<Reading>> read)
    {
        var now = _time.GetUtcNow();
        return Fresh(now)?.Runs is { } runs ? read(runs, now) : [];
    }

    private IEnumerable<Reading> Models(
        Func<ServedModel, DateTimeOffset, double?> read, params Func<ServedModel, string>[] tags)
    {
        var now = _time.GetUtcNow();
        foreach (var served in Fresh(now)?.Models ?? [])
        {
            if (read(served, now) is { } value)
                yield return new Reading(
                    value, [served.Model.ValueStream, served.Model.Model, .. tags.Select(tag => tag(served))]);
        }
    }

    private static double OldestAge(RunFigures runs, DateTimeOffset now) =>
        runs.Open.Count == 0 ? 0 : Math.Max(0, (now - runs.Open.Min(run => run.Started)).TotalSeconds);

    // The source's answer is dated by another machine's clock, which may be ahead.
    private static TimeSpan? AgeOf(ServedModel served, DateTimeOffset now) =>
        served.RefreshedAt > now ? TimeSpan.Zero : now - served.RefreshedAt;

    private double? Overdue(ServedModel served, DateTimeOffset now) => served.RefreshedAt is { } refreshedAt
        ? served.Model.IsLate(refreshedAt, now) ? 1 : 0
        // A model just added waits for its schedule: that is no reason to wake somebody. A first run that failed is.
        : _sample?.Runs is { } runs ? runs.Attempted.Contains(served.Model.Name) ? 1 : 0
        : null;
}
