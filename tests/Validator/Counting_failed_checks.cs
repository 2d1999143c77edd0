using Benchmark.Tests.Support;

namespace Benchmark.Validator.Tests;

public sealed class Counting_failed_checks : IDisposable
{
    // A value stream that no other test has: the instruments are those of the whole process.
    private const string Stream = "counted_checks";

    private readonly StagedModel _model = new() { Definition = Models.Named(Stream, "model_x") };

    [Fact]
    public void Counts_a_check_once_though_its_message_comes_again()
    {
        using var metrics = new MetricProbe(instrument => instrument.Meter.Scope is null);
        var staged = _model.StageRows([]);

        _model.Examine(staged);
        _model.Examine(staged);

        Of(metrics, "benchmark.checks.failed").Should().Equal($"rows {Stream}");
        Of(metrics, "benchmark.validation.duration").Should().Equal(Stream);
    }

    [Fact]
    public void Counts_no_check_that_passed()
    {
        using var metrics = new MetricProbe(instrument => instrument.Meter.Scope is null);

        _model.Examine(_model.StageRows(["1,0.5,A,2026-01-01"]));

        Of(metrics, "benchmark.checks.failed").Should().BeEmpty();
        Of(metrics, "benchmark.validation.duration").Should().Equal(Stream);
    }

    public void Dispose() => _model.Dispose();

    private static IEnumerable<string> Of(MetricProbe metrics, string name) => metrics.All
        .Where(seen => seen.Instrument.Name == name && seen.Tags.Any(tag => Equals(tag.Value, Stream)))
        .Select(seen => seen.Values);
}
