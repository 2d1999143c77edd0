using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Data.Stability;
using Benchmark.Hosting;
using Benchmark.Tests.Support;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Validator.Tests;

/// <summary>The service as it is registered, on a bus, with a real volume.</summary>
public sealed class Validating_staged_data : IAsyncLifetime
{
    private readonly StagedModel _model = new();
    private IHost _host = null!;
    private ITestHarness _harness = null!;
    private int _delivered;

    public async Task InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(_model.Layout);
        builder.Services.AddSingleton<TimeProvider>(_model.Time);
        builder.Services.AddSingleton<IRegistry>(new LateRegistry(() => _model.Definition));
        builder.AddValidator();
        builder.AddBus();
        // The harness gives up on a bus that was still for a second: too early on a machine with other work.
        builder.Services.AddMassTransitTestHarness(
            bus => bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(20)));
        _host = builder.Build();
        _harness = _host.Services.GetTestHarness();
        await _harness.Start();
    }

    public async Task DisposeAsync()
    {
        await _harness.Stop(CancellationToken.None);
        _host.Dispose();
        _model.Dispose();
    }

    [Fact]
    public async Task Listens_on_the_queue_validator()
    {
        var staged = _model.StageRows(["1,0.5,A,2024-01-01"]);
        var endpoint = await _harness.Bus.GetSendEndpoint(new Uri("queue:validator"));

        await endpoint.Send(staged, _harness.CancellationToken);

        (await _harness.Published.Any<ModelValidated>()).Should().BeTrue();
    }

    [Fact]
    public async Task Announces_accepted_data_and_leaves_profile_and_report_beside_it()
    {
        _model.Definition = _model.Definition with { Threshold = 0.5 };
        var staged = _model.StageRows(["1,0.5,A,2024-01-01", "x,0.5,A,2024-01-01"]);

        await Deliver(staged);

        var files = _model.Paths.Staging(staged.RunId, 1);
        Published<ModelValidated>().Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { staged.RunId, staged.ValueStream, staged.Model, staged.Attempt, Warnings = 2 });
        VolumeJson.Read<ValidationReport>(files.Report).Should().BeEquivalentTo(
            new { Accepted = true, CheckedAt = _model.Time.GetUtcNow() });
        VolumeJson.Read<Profile>(files.Profile).Rows.Should().Be(2);
        Directory.GetFiles(files.Directory).Select(Path.GetFileName).Should().BeEquivalentTo(
            "benchmark.csv", "staged.json", "profile.json", "checks.json");
    }

    [Fact]
    public async Task Announces_rejected_data_with_every_reason_and_moves_it_aside()
    {
        _model.Rule(new ColumnRule { Name = "score", Min = "1" });
        var staged = _model.StageRows(["x,0.5,A,2024-01-01"]);

        await Deliver(staged);

        var files = _model.Paths.Rejected(staged.RunId);
        Published<ModelRejected>().Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            staged.RunId,
            Refresh = new
            {
                staged.ValueStream,
                staged.Model,
                Outcome = Outcome.Rejected,
                Stage = Stage.Validate,
                Rows = 1,
                staged.Bytes,
                Reason = "100 % of the rows (1 of 1 row) breaks row rules; the threshold is 0 %.\n"
                    + "Column id: 1 of 1 row is not of type integer (line 2).\n"
                    + "Column score: 1 of 1 row is not at least 1 (line 2).",
            },
        });
        Directory.GetFiles(files.Directory).Select(Path.GetFileName).Should().BeEquivalentTo(
            "benchmark.csv", "staged.json", "profile.json", "checks.json");
        Directory.GetFiles(_model.Paths.Staging(staged.RunId, 1).Directory).Should().BeEmpty();
    }

    [Fact]
    public async Task Tells_the_worst_drift_of_what_it_rejects()
    {
        _model.Columns = "score:integer";
        _model.Publish(Enumerable.Range(0, 1000).Select(i => $"{i}"));
        var staged = _model.StageRows(Enumerable.Range(500, 1000).Select(i => $"{i}"));

        await Deliver(staged);

        Published<ModelRejected>().Single().Refresh.WorstDrift.Should().BeEquivalentTo(
            new { Column = "score", Band = Band.Moved });
    }

    [Fact]
    public async Task Announces_acceptance_again_without_touching_the_files_when_the_message_comes_again()
    {
        var staged = _model.StageRows(["1,0.5,A,2024-01-01"]);
        await Deliver(staged);
        var report = _model.Paths.Staging(staged.RunId, 1).Report;
        var written = File.GetLastWriteTimeUtc(report);
        _model.Time.Advance(TimeSpan.FromHours(1));

        await Deliver(staged);

        Published<ModelValidated>().Should().HaveCount(2).And.AllBeEquivalentTo(new { staged.RunId, Warnings = 0 });
        File.GetLastWriteTimeUtc(report).Should().Be(written, "the Publisher may be reading it");
    }

    [Fact]
    public async Task Announces_rejection_again_when_the_message_comes_again()
    {
        var staged = _model.StageRows(["x,0.5,A,2024-01-01"]);
        await Deliver(staged);

        await Deliver(staged);

        var rejections = Published<ModelRejected>();
        rejections.Should().HaveCount(2);
        rejections[1].Should().BeEquivalentTo(rejections[0]);
    }

    [Fact]
    public async Task Finishes_a_rejection_that_a_kill_interrupted()
    {
        var staged = _model.StageRows(["x,0.5,A,2024-01-01"]);
        _model.Examine(staged);
        // Killed between the report and the move.
        Directory.Delete(_model.Paths.Staging(staged.RunId, 1).Directory);
        Directory.Move(_model.Paths.Rejected(staged.RunId).Directory, _model.Paths.Staging(staged.RunId, 1).Directory);

        await Deliver(staged);

        Published<ModelRejected>().Should().ContainSingle();
        Directory.Exists(_model.Paths.Rejected(staged.RunId).Directory).Should().BeTrue();
    }

    [Fact]
    public async Task Says_nothing_when_the_refresh_was_published_before_the_message_came_again()
    {
        var staged = _model.StageRows(["1,0.5,A,2024-01-01"]);
        await Deliver(staged);
        _model.Publish(staged);

        await Deliver(staged);

        Published<ModelValidated>().Should().ContainSingle();
        Published<ModelRejected>().Should().BeEmpty();
        Published<Fault<ModelStaged>>().Should().BeEmpty();
    }

    [Fact]
    public async Task Says_nothing_when_the_data_was_found_unchanged_before_the_message_came_again()
    {
        _model.Publish(["1,0.5,A,2024-01-01"]);
        var staged = _model.StageRows(["1,0.5,A,2024-01-01"]);
        await Deliver(staged);
        _model.FindUnchanged(staged);

        await Deliver(staged);

        Published<ModelValidated>().Should().ContainSingle();
        Published<Fault<ModelStaged>>().Should().BeEmpty();
    }

    [Fact]
    public async Task Says_nothing_when_newer_data_was_published_before_the_message_came_again()
    {
        var staged = _model.StageRows(["1,0.5,A,2024-01-01"]);
        _model.Time.Advance(TimeSpan.FromMinutes(1));
        _model.Publish(["2,0.5,A,2024-01-01"]);
        await Deliver(staged);
        _model.FindSuperseded(staged);

        await Deliver(staged);

        Published<ModelValidated>().Should().ContainSingle();
        Published<Fault<ModelStaged>>().Should().BeEmpty();
    }

    [Fact]
    public void Fails_when_staging_is_gone_and_what_is_served_is_older()
    {
        _model.Publish(["1,0.5,A,2024-01-01"]);
        _model.Time.Advance(TimeSpan.FromMinutes(1));
        var staged = _model.StageRows(["2,0.5,A,2024-01-01"]);
        Directory.Delete(_model.Paths.Staging(staged.RunId, 1).Directory, recursive: true);

        var examining = () => _model.Examine(staged);

        examining.Should().Throw<DirectoryNotFoundException>().WithMessage("*Check that the volume is mounted*");
    }

    [Fact]
    public async Task Rejects_a_model_that_the_registry_no_longer_has()
    {
        var staged = _model.StageRows(["1,0.5,A,2024-01-01"]);
        _model.Definition = _model.Definition with { Model = "model_y" };

        await Deliver(staged);

        Published<ModelRejected>().Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            staged.RunId,
            Refresh = new
            {
                Rows = 1,
                Reason = "value_stream_1/model_x is no longer in the registry, so there are no rules to check it by.",
            },
        });
    }

    [Fact]
    public async Task Faults_at_once_on_a_name_that_could_leave_the_volume()
    {
        await Deliver(_model.StageRows(["1,0.5,A,2024-01-01"]) with { Model = "../model_x" });

        (await _harness.Published.Any<Fault<ModelStaged>>()).Should().BeTrue();
        Published<ModelValidated>().Should().BeEmpty();
    }

    private async Task Deliver(ModelStaged staged)
    {
        await _harness.Bus.Publish(staged, _harness.CancellationToken);
        _delivered++;
        var consumed = 0;
        await foreach (var _ in _harness.Consumed.SelectAsync<ModelStaged>())
        {
            if (++consumed == _delivered)
                return;
        }
        throw new TimeoutException($"{consumed} of {_delivered} messages were consumed.");
    }

    private List<T> Published<T>()
        where T : class =>
        // A cancelled token: what there is by now, without waiting for more.
        [.. _harness.Published.Select<T>(new CancellationToken(canceled: true)).Select(m => m.Context.Message)];

    /// <summary>Reads the definition as the test has it by then.</summary>
    private sealed class LateRegistry(Func<ModelDefinition> definition) : IRegistry
    {
        public ModelRegistry Current => new FixedRegistry(definition()).Current;

        public ModelRegistry Pin() => Current;

        public ModelRegistry Pinned(string? sha256) => Current;
    }
}
