using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Benchmark.Tests.Support;
using MassTransit.Serialization;

namespace Benchmark.Contracts.Tests;

public sealed class Sending_messages
{
    private static readonly Guid s_run = new("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly Guid s_rejected = new("1f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly DateTimeOffset s_time = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string s_sha = new('a', 64);
    private static readonly WorstDrift s_drift = new()
    {
        Column = "score",
        Psi = 0.31,
        Band = Band.Moved,
        PValue = 0.0001,
        BinsFilled = 11,
    };

    private static readonly UnchangedRows s_unchanged = new()
    {
        Version = 42,
        Facts = new()
        {
            RunId = s_run,
            ValueStream = "value_stream_1",
            Model = "model_x",
            Attempt = 1,
            Sha256 = s_sha,
            Bytes = 65536,
            Rows = 1000,
            Columns = [new() { Name = "score", Type = ColumnType.Number, SourceType = ColumnType.Decimal, Nulls = 3 }],
            FetchedAt = s_time,
            VolumeTime = s_time,
            RunStartedAt = s_time,
            Source = new()
            {
                Name = "warehouse",
                Kind = "snowflake",
                QuerySha256 = s_sha,
                AsOf = s_time,
                QueryId = "q",
            },
            RegistrySha256 = s_sha,
            RequestedBy = "ann",
            Reason = "restated",
            Force = true,
        },
    };

    /// <summary>One of each message, every property set.</summary>
    private static readonly object[] s_examples =
    [
        new RefreshModel
        {
            RunId = s_run, ValueStream = "value_stream_1", Model = "model_x", RequestedBy = "ann", Reason = "restated",
            Force = true,
            RegistrySha256 = s_sha,
        },
        new RefreshRunStarted
        {
            RunId = s_run, Trigger = RunTrigger.Operator, RequestedBy = "ann", Reason = "restated", StartedAt = s_time,
            Deadline = s_time.AddHours(6), RegistrySha256 = s_sha,
            Models = [new() { ValueStream = "value_stream_1", Model = "model_x" }],
        },
        new ModelStaged
        {
            RunId = s_run, ValueStream = "value_stream_1", Model = "model_x", Attempt = 1, Rows = 1000, Bytes = 65536,
            FetchedAt = s_time, VolumeTime = s_time, Unchanged = s_unchanged,
        },
        new ModelFetchFailed
        {
            RunId = s_run,
            Refresh = new()
            {
                ValueStream = "value_stream_1", Model = "model_x", Outcome = Outcome.Failed, Stage = Stage.Fetch,
                Reason = "no such table",
                Hint = "grant SELECT",
            },
            SourceLate = true,
        },
        new ModelValidated
        {
            RunId = s_run, ValueStream = "value_stream_1", Model = "model_x", Attempt = 1, Warnings = 2, Rows = 1000,
            Bytes = 65536, Unchanged = s_unchanged,
        },
        new ModelRejected
        {
            RunId = s_run,
            Refresh = new()
            {
                ValueStream = "value_stream_1", Model = "model_x", Outcome = Outcome.Rejected, Stage = Stage.Validate,
                Rows = 1000,
                Bytes = 65536, Reason = "score moved\ngrade moved", WorstDrift = s_drift,
            },
        },
        new ModelPublished
        {
            RunId = s_run,
            Refresh = new()
            {
                ValueStream = "value_stream_1", Model = "model_x", Outcome = Outcome.Published, Stage = Stage.Publish,
                Version = 42,
                Rows = 1000, Bytes = 65536, Warnings = 2, WorstDrift = s_drift,
            },
        },
        new ModelPublishFailed
        {
            RunId = s_run,
            Refresh = new()
            {
                ValueStream = "value_stream_1", Model = "model_x", Outcome = Outcome.Failed, Stage = Stage.Publish,
                Rows = 1000,
                Bytes = 65536, Reason = "staging is gone", Hint = "refresh again",
            },
        },
        new RollBackModel
        {
            RunId = s_run, ValueStream = "value_stream_1", Model = "model_x", ToVersion = 41, RequestedBy = "ann",
            Reason = "load was broken",
        },
        new AcceptRejected
        {
            RunId = s_run, ValueStream = "value_stream_1", Model = "model_x", RejectedRunId = s_rejected,
            RequestedBy = "ann", Reason = "new book",
        },
        new PinVersion
        {
            ValueStream = "value_stream_1", Model = "model_x", Version = 41, Pinned = true, RequestedBy = "ann",
            Reason = "audit",
        },
        new PruneVersions { ValueStream = "value_stream_1", Model = "model_x", RequestedBy = "ann" },
        new CloseRun { RunId = s_run, Reason = "deadline passed" },
        new RunClosed
        {
            RunId = s_run, State = RunState.Completed, ClosedAt = s_time, Trigger = RunTrigger.Operator,
            RequestedBy = "ana@bank.example", Reason = "month end", StartedAt = s_time,
            Models =
            [
                new()
                {
                    ValueStream = "value_stream_1", Model = "model_x", Outcome = Outcome.Rejected,
                    Stage = Stage.Validate, Version = 42,
                    Rows = 1000, Bytes = 65536, Warnings = 2, Reason = "score moved", Hint = "look at the data",
                    WorstDrift = s_drift,
                },
            ],
        },
    ];

    public static TheoryData<Type> Messages => [.. s_examples.Select(example => example.GetType())];

    [Fact]
    public void Keeps_the_wire_form_that_other_processes_and_queued_messages_rely_on()
    {
        var wire = new JsonObject(s_examples.Select(example => KeyValuePair.Create(example.GetType().FullName!,
            JsonSerializer.SerializeToNode(example, example.GetType(), SystemTextJsonMessageSerializer.Options))));

        Approved.Match("tests/Contracts/messages.approved.json", wire.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }) + "\n");
    }

    [Fact]
    public void Has_an_example_of_every_message()
    {
        // A message is what names a run, or who asks; ids and facts within messages do not.
        var messages = typeof(RefreshModel).Assembly.GetExportedTypes().Where(type =>
            type.Namespace == "Benchmark.Contracts"
            && (type.GetProperty("RunId") ?? type.GetProperty("RequestedBy")) is not null);

        s_examples.Select(example => example.GetType()).Should().BeEquivalentTo(messages);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Reads_back_what_it_sent(Type message)
    {
        var sent = s_examples.Single(example => example.GetType() == message);
        var json = JsonSerializer.Serialize(sent, message, SystemTextJsonMessageSerializer.Options);

        JsonSerializer.Deserialize(json, message, SystemTextJsonMessageSerializer.Options)
            .Should().BeEquivalentTo(sent, options => options.PreferringRuntimeMemberTypes());
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Tags_the_spans_of_a_message_with_what_it_is_about(Type message)
    {
        var ofModel = message.GetProperty("Refresh") is not null || message.GetProperty("Model") is not null;

        RefreshTags.Of(s_examples.Single(example => example.GetType() == message)).Should().Equal(
        [
            .. message.GetProperty("RunId") is null
                ? [] : new KeyValuePair<string, string>[] { new("run_id", s_run.ToString()) },
            .. ofModel
                ? new KeyValuePair<string, string>[] { new("value_stream", "value_stream_1"), new("model", "model_x") }
                : [],
        ]);
    }

    [Fact]
    public void Tells_of_a_failure_by_three_messages_with_its_reason() =>
        s_examples.Select(RefreshTags.FailureOf).OfType<string>()
            .Should().Equal("no such table", "score moved\ngrade moved", "staging is gone");

    [Fact]
    public void Takes_what_a_person_pastes_into_the_dashboard()
    {
        var read = JsonSerializer.Deserialize<RefreshModel>(
            """{"valueStream": "value_stream_1", "model": "model_x"}""", SystemTextJsonMessageSerializer.Options);

        read.Should().Be(new RefreshModel { ValueStream = "value_stream_1", Model = "model_x" });
    }
}
