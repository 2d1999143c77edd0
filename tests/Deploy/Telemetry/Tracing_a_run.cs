using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Telemetry;

[NeedsRabbitMq]
[NeedsAspireDashboard]
public sealed class Tracing_a_run(TracedRun run) : IClassFixture<TracedRun>
{
    private static readonly string[] s_services = ["fetcher", "notifier", "publisher", "scheduler", "validator"];

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    public void Makes_one_trace_of_a_refresh_through_all_services(string model)
    {
        var trace = TraceOf(model);

        trace.Select(span => span.Resource["service.name"]).Distinct().Order().Should().Equal(s_services);
        trace.Should().ContainSingle(span => span.ParentId == "").Which.Name.Should().Be("refresh");
        var ids = trace.Select(span => span.SpanId).ToHashSet();
        trace.Should().OnlyContain(span => span.ParentId == "" || ids.Contains(span.ParentId), "none is an orphan");
        trace.Should().OnlyContain(span => span.Error == null);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    [InlineData("young")]
    public void Puts_run_value_stream_and_model_on_every_span(string model)
    {
        var runId = RunSpan.Tags["run_id"];

        TraceOf(model).Should().OnlyContain(span =>
            span.Tags["run_id"] == runId && span.Tags["value_stream"] == "vs" && span.Tags["model"] == model);
    }

    [Fact]
    public void Shows_why_a_model_is_rejected_on_the_span_that_rejects_it()
    {
        var error = TraceOf("young").Should().ContainSingle(span => span.Error != null).Subject;

        error.Resource["service.name"].Should().Be("validator");
        error.Name.Should().EndWith("process");
        error.Error.Should().Contain("age").And.Contain("18");
    }

    [Fact]
    public void Links_the_run_to_the_trace_of_each_model_and_back()
    {
        var models = run.Spans.Where(span => span.Name == "refresh").ToList();

        models.Should().HaveCount(3).And.OnlyContain(span => span.TraceId != RunSpan.TraceId);
        RunSpan.ParentId.Should().BeEmpty();
        RunSpan.LinkedTraces.Should().BeEquivalentTo(models.Select(span => span.TraceId));
        models.Should().OnlyContain(span => span.LinkedTraces.Single() == RunSpan.TraceId);
    }

    [Fact]
    public void Says_where_every_span_is_from()
    {
        run.Spans.Select(span => span.Resource["service.name"]).Distinct().Order().Should().Equal(s_services);
        run.Spans.Select(span => span.Resource).Should().OnlyContain(resource =>
            resource["deployment.environment.name"] == "test" && resource["service.version"] == "3.1"
            && resource["team"] == "model-risk");
    }

    private ReceivedSpan RunSpan => run.Spans.Should().ContainSingle(span => span.Name == "refresh run").Subject;

    private List<ReceivedSpan> TraceOf(string model)
    {
        var root = run.Spans.Single(span => span.Name == "refresh" && span.Tags["model"] == model);
        return [.. run.Spans.Where(span => span.TraceId == root.TraceId)];
    }
}
