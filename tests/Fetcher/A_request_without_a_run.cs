using System.Net.Mime;
using Benchmark.Contracts;
using Benchmark.Tests.Support;
using MassTransit;
using MassTransit.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher.Tests;

public sealed class A_request_without_a_run : IDisposable
{
    private static readonly RefreshModel s_byHand = new()
    {
        ValueStream = "value_stream_1",
        Model = "model_x",
        RequestedBy = "ana@bank.example",
        Reason = "wrong month",
    };

    private readonly TempVolume _volume = new();

    [Fact]
    public async Task Becomes_a_run_of_its_own_and_is_staged_in_it()
    {
        var registry = Sources.Registry(
            Sources.InMemory, Sources.Query("select 1 as id") with { RunDeadline = TimeSpan.FromHours(3) });
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, registry);
        var messageId = NewId.NextGuid();

        var staged = await fetcher.AskAsync<ModelStaged>(s_byHand, messageId);

        var started = await fetcher.NextAsync<RefreshRunStarted>();
        started.Should().BeEquivalentTo(new RefreshRunStarted
        {
            RunId = messageId,
            Trigger = RunTrigger.Message,
            RequestedBy = "ana@bank.example",
            Reason = "wrong month",
            StartedAt = started.StartedAt,
            Deadline = started.StartedAt.AddHours(3),
            RegistrySha256 = registry.Sha256,
            Models = [new ModelKey { ValueStream = "value_stream_1", Model = "model_x" }],
        });
        staged.RunId.Should().Be(messageId);
        var requests = fetcher.Seen<RefreshModel>();
        requests.Should().Equal(s_byHand, s_byHand with
        {
            RunId = messageId,
            RunStartedAt = started.StartedAt,
            RegistrySha256 = registry.Sha256,
        });
    }

    [Theory]
    [InlineData("ana@bank.example", "requested by ana@bank.example")]
    [InlineData(null, "requested by a message without requestedBy")]
    public async Task Says_in_the_log_who_asked(string? requestedBy, string said)
    {
        using var log = new LogCapture();
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, Sources.Query("select 1 as id")),
            configure: services => services.AddSingleton<ILoggerProvider>(log));

        await fetcher.AskAsync<ModelStaged>(s_byHand with { RequestedBy = requestedBy });

        log.Of(LogLevel.Information).Should().ContainSingle(line => line.StartsWith("Opened run")).Which
            .Should().Contain("for value_stream_1/model_x").And.EndWith(said);
    }

    [Fact]
    public async Task Is_the_same_run_when_it_is_delivered_again()
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, Sources.Query("select 1 as id")));
        var messageId = NewId.NextGuid();

        await fetcher.PublishAsync(s_byHand, messageId);
        await fetcher.PublishAsync(s_byHand, messageId);
        var first = await fetcher.NextAsync<RefreshRunStarted>();
        var second = await fetcher.NextAsync<RefreshRunStarted>(skip: 1);

        second.RunId.Should().Be(first.RunId);
    }

    [Fact]
    public async Task Is_reported_as_a_run_even_when_no_such_model_exists()
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, Sources.Query("select 1 as id")));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(s_byHand with { Model = "model_z" });

        var started = await fetcher.NextAsync<RefreshRunStarted>();
        started.Models.Should().ContainSingle().Which.Model.Should().Be("model_z");
        failed.RunId.Should().Be(started.RunId);
    }

    [Fact]
    public async Task May_be_bare_JSON_as_a_person_pastes_it()
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, Sources.Query("select 1 as id")));
        var queue = await fetcher.Harness.Bus.GetSendEndpoint(new Uri("queue:fetcher"));

        await queue.Send(new RefreshModel { ValueStream = "value_stream_1", Model = "model_x" }, context =>
        {
            // Neither an envelope nor a type nor an id, and no content type that means anything.
            context.Serializer = new SystemTextJsonRawMessageSerializer(RawSerializerOptions.AnyMessageType);
            context.ContentType = new ContentType("application/octet-stream");
            context.MessageId = null;
        });
        var staged = await fetcher.NextAsync<ModelStaged>();

        var started = await fetcher.NextAsync<RefreshRunStarted>();
        staged.RunId.Should().Be(started.RunId).And.NotBeEmpty();
    }

    public void Dispose() => _volume.Dispose();
}
