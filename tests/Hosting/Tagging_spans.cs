using System.Diagnostics;
using Benchmark.Hosting.Tracing;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmark.Hosting.Tests;

[Collection(nameof(CollectedTelemetry))]
public sealed class Tagging_spans : IDisposable
{
    private static readonly ActivitySource s_source = new(Telemetry.Source);

    private readonly OtlpCollector _collector = new();

    public void Dispose() => _collector.Dispose();

    [Fact]
    public async Task Puts_what_a_message_says_on_every_span_of_it_and_below_it()
    {
        await RunAsync(new Job("one"));

        var spans = _collector.Spans;
        spans.Select(span => span.Name).Should().Contain("work")
            .And.Contain(name => name.EndsWith("Job send")).And.Contain(name => name.EndsWith("receive"))
            .And.Contain(name => name.EndsWith("process")).And.Contain(name => name.EndsWith("Done send"));
        spans.Should().OnlyContain(span => span.Tags["job"] == "one");
        spans.Select(span => span.TraceId).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Makes_an_error_with_its_reason_of_the_span_that_tells_of_a_failure()
    {
        await RunAsync(new Job("bad"));

        var error = _collector.Spans.Should().ContainSingle(span => span.IsError).Subject;
        error.Name.Should().EndWith("process");
        error.Reason.Should().Be("bad is bad");
    }

    [Fact]
    public async Task Tags_what_tells_that_a_message_could_not_be_consumed()
    {
        await RunAsync(new Job("thrown"));

        _collector.Spans.Select(span => span.Name).Should().Contain(name => name.Contains("Fault"));
        _collector.Spans.Should().OnlyContain(span => span.Tags["job"] == "thrown");
    }

    [Fact]
    public async Task Starts_a_trace_that_links_to_the_span_it_is_started_in_and_back()
    {
        await RunAsync(new Job("apart"));

        var inner = _collector.Spans.Single(span => span.Name == "apart");
        var outer = _collector.Spans.Single(span => span.Links.Contains(inner.TraceId));
        outer.Name.Should().EndWith("process");
        inner.ParentId.Should().BeEmpty();
        inner.TraceId.Should().NotBe(outer.TraceId);
        inner.Links.Should().Equal(outer.TraceId);
        inner.Tags.Should().Contain("job", "other");
    }

    private async Task RunAsync(Job job)
    {
        var settings = _collector.Settings;
        settings["urls"] = "http://127.0.0.1:0";
        await using var app = ServiceHost.Build(
            "worker",
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            builder =>
            {
                builder.Services.AddSingleton<Ends>();
                builder.AddMessageTags(
                    message => message is Job or Done ? [KeyValuePair.Create("job", $"{((dynamic)message).Name}")] : [],
                    message => message is Done { Problem: var problem } ? problem : null);
                builder.AddConsumers(bus =>
                {
                    bus.AddConsumer<Worker>();
                    bus.AddConsumer<End>();
                });
            });
        await app.StartAsync();
        await app.Services.GetRequiredService<IBus>().Publish(job);
        await app.Services.GetRequiredService<Ends>().Reached.Task;
        await app.StopAsync();
    }

    public sealed record Job(string Name);

    public sealed record Done(string Name, string? Problem);

    private sealed class Ends
    {
        public TaskCompletionSource Reached { get; } = new();
    }

    private sealed class Worker : IConsumer<Job>
    {
        public async Task Consume(ConsumeContext<Job> context)
        {
            var name = context.Message.Name;
            if (name == "thrown")
                throw new InvalidOperationException(name);
            if (name == "apart")
                await StartApartAsync();
            using (s_source.StartActivity("work"))
                await Task.Yield();
            await context.Publish(new Done(name, name == "bad" ? $"{name} is bad" : null));
        }

        private static async Task StartApartAsync()
        {
            using var span = Spans.StartTrace("apart", [KeyValuePair.Create("job", "other")]);
            await Task.Yield();
        }
    }

    private sealed class End(Ends ends) : IConsumer<Done>, IConsumer<Fault<Job>>
    {
        public Task Consume(ConsumeContext<Fault<Job>> context)
        {
            ends.Reached.TrySetResult();
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<Done> context)
        {
            ends.Reached.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
