using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmark.Scheduler.Tests;

public sealed class Keeping_the_schedule : IAsyncLifetime
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly TempVolume _volume = new();
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddMassTransitTestHarness(bus => bus.UsingInMemory((context, endpoints) =>
        {
            endpoints.ConfigurePublish(publish => publish.UseExecuteAsync(NeverTakeTheModelHangingAsync));
            endpoints.ConfigureEndpoints(context);
        }))
        .BuildServiceProvider(true);

    private ITestHarness Harness => _services.GetTestHarness();

    public Task InitializeAsync()
    {
        Installation.Make(_volume.Layout);
        return Harness.Start();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        _volume.Dispose();
    }

    [Fact]
    public async Task Starts_one_run_for_all_models_of_a_schedule()
    {
        var due = Scheduler(Models.Named("vs", "a"), Models.Named("vs", "b"));

        var exitCode = await due.StartAsync(At("2026-11-01T00:00:05Z"), s_timeout, CancellationToken.None);

        exitCode.Should().Be(0);
        var run = Published<RefreshRunStarted>().Should().ContainSingle().Subject;
        run.Trigger.Should().Be(RunTrigger.Schedule);
        run.Models.Select(m => m.ToString()).Should().Equal("vs/a", "vs/b");
        run.Deadline.Should().BeCloseTo(run.StartedAt + TimeSpan.FromHours(6), TimeSpan.FromMilliseconds(1));
        Published<RefreshModel>().Select(m => (m.RunId, m.Model))
            .Should().BeEquivalentTo([((Guid?)run.RunId, "a"), (run.RunId, "b")]);
    }

    [Fact]
    public async Task Starts_models_with_their_own_schedule_as_a_separate_run()
    {
        var due = Scheduler(Models.Named("vs", "a"), Models.Named("vs", "b") with { Schedule = "0 6 * * *" });

        await due.StartAsync(At("2026-11-01T06:00:00Z"), s_timeout, CancellationToken.None);

        Published<RefreshRunStarted>().Select(run => run.Models.Single().Model).Should().BeEquivalentTo(["a", "b"]);
        Published<RefreshRunStarted>().Select(run => run.RunId).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Does_not_start_a_slot_again()
    {
        await Scheduler(Models.Named("vs", "a"))
            .StartAsync(At("2026-11-01T00:00:00Z"), s_timeout, CancellationToken.None);

        await Scheduler(Models.Named("vs", "a"))
            .StartAsync(At("2026-11-30T23:59:59Z"), s_timeout, CancellationToken.None);

        Published<RefreshRunStarted>().Should().ContainSingle();
    }

    [Fact]
    public async Task Tells_what_is_next_when_nothing_is_due()
    {
        var log = new LogCapture();
        var due = Scheduler(
            new FixedRegistry(
                Models.Named("vs", "a"), Models.Named("vs", "b") with { TimeZone = "America/New_York" }), log);
        await due.StartAsync(At("2026-11-01T08:00:00Z"), s_timeout, CancellationToken.None, tellIfNone: true);

        var exitCode = await due.StartAsync(
            At("2026-12-01T00:00:05Z"), s_timeout, CancellationToken.None, tellIfNone: true);
        await due.StartAsync(At("2026-12-01T00:15:00Z"), s_timeout, CancellationToken.None, tellIfNone: true);

        exitCode.Should().Be(0);
        log.Lines.Should().HaveCount(4);
        log.Lines[2].Should().StartWith("Information: Run ").And.Contain("0 0 1 * * UTC");
        log.Lines[3].Should().Be(
            "Information: Nothing is due; next is schedule 0 0 1 * * America/New_York at "
            + "2026-12-01T05:00:00.0000000+00:00");
    }

    [Fact]
    public async Task Tells_that_nothing_is_due_in_a_registry_without_a_model()
    {
        var log = new LogCapture();

        var exitCode = await Scheduler(new FixedRegistry(), log)
            .StartAsync(At("2026-12-01T00:00:05Z"), s_timeout, CancellationToken.None, tellIfNone: true);

        exitCode.Should().Be(0);
        log.Lines.Should().Equal("Information: Nothing is due, and nothing will be: the registry lists no model");
    }

    [Fact]
    public async Task Starts_nothing_when_the_slot_could_not_be_remembered()
    {
        // Stands where the memory is written: started all the same, the run would be started again at every tick.
        Directory.CreateDirectory(_volume.Layout.EmittedSlots);

        var exitCode = await Scheduler(Models.Named("vs", "a"))
            .StartAsync(At("2026-11-01T00:00:00Z"), s_timeout, CancellationToken.None);

        exitCode.Should().Be(3);
        Published<RefreshRunStarted>().Should().BeEmpty();
    }

    [Fact]
    public async Task Starts_only_the_newest_of_several_missed_slots()
    {
        await Scheduler(Models.Named("vs", "a"))
            .StartAsync(At("2026-07-01T00:00:00Z"), s_timeout, CancellationToken.None);

        await Scheduler(Models.Named("vs", "a"))
            .StartAsync(At("2026-11-15T00:00:00Z"), s_timeout, CancellationToken.None);

        Published<RefreshRunStarted>().Should().HaveCount(2);
    }

    [Fact]
    public async Task Keeps_a_slot_due_when_the_bus_does_not_take_the_run()
    {
        var due = Scheduler(Models.Named("vs", "a"));
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();

        var start = () => due.StartAsync(At("2026-11-01T00:00:00Z"), s_timeout, stopping.Token);

        await start.Should().ThrowAsync<OperationCanceledException>();
        new SlotMemory(_volume.Layout).Load().Should().BeEmpty();
    }

    [Fact]
    public async Task Does_not_believe_a_slot_that_a_wrong_clock_emitted()
    {
        var log = new LogCapture();
        var registry = new FixedRegistry(Models.Named("vs", "a"));
        await Scheduler(registry).StartAsync(At("2028-01-05T00:00:00Z"), s_timeout, CancellationToken.None);

        await Scheduler(registry, log).StartAsync(At("2026-11-15T00:00:00Z"), s_timeout, CancellationToken.None);

        Published<RefreshRunStarted>().Should().HaveCount(2);
        log.Lines.Should().Contain(line => line.Contains("2028-01-01") && line.Contains("yet to come"));
        new SlotMemory(_volume.Layout).Load().Values.Should().Equal(At("2026-11-01T00:00:00Z"));
    }

    [Fact]
    public async Task Reports_a_memory_it_cannot_read_and_starts_nothing()
    {
        Directory.CreateDirectory(_volume.Layout.Bookkeeping);
        await File.WriteAllTextAsync(_volume.Layout.EmittedSlots, "{ torn");

        var exitCode = await Scheduler(Models.Named("vs", "a"))
            .StartAsync(At("2026-11-01T00:00:00Z"), s_timeout, CancellationToken.None);

        exitCode.Should().Be(3);
        Published<RefreshRunStarted>().Should().BeEmpty();
    }

    [Fact]
    public async Task Starts_the_other_schedules_when_the_bus_does_not_take_one_in_time()
    {
        var due = Scheduler(
            Models.Named("vs", "hanging"),
            Models.Named("vs", "a") with { Schedule = "0 6 * * *" },
            Models.Named("vs", "b") with { Schedule = "0 7 * * *" });

        var exitCode = await due.StartAsync(
            At("2026-11-01T08:00:00Z"), TimeSpan.FromSeconds(1), CancellationToken.None);

        exitCode.Should().Be(3);
        Published<RefreshRunStarted>().Select(run => run.Models.Single().Model).Should().Equal("a", "b");
        new SlotMemory(_volume.Layout).Load().Keys.Should().BeEquivalentTo("0 6 * * * UTC", "0 7 * * * UTC");
    }

    [Fact]
    public async Task Starts_the_other_schedules_when_the_registry_cannot_be_pinned_for_one()
    {
        var registry = new FailingOnce(
            Models.Named("vs", "a"), Models.Named("vs", "b") with { Schedule = "0 6 * * *" });

        var exitCode = await Scheduler(registry)
            .StartAsync(At("2026-11-01T08:00:00Z"), s_timeout, CancellationToken.None);

        exitCode.Should().Be(3);
        Published<RefreshRunStarted>().Select(run => run.Models.Single().Model).Should().Equal("b");
        new SlotMemory(_volume.Layout).Load().Keys.Should().Equal("0 6 * * * UTC");
    }

    private DueRuns Scheduler(params ModelDefinition[] models) => Scheduler(new FixedRegistry(models));

    private DueRuns Scheduler(IRegistry registry, LogCapture? log = null) => new(
        registry, new SlotMemory(_volume.Layout),
        new RunStarter(_services.GetRequiredService<IBus>(), new ConfigurationBuilder().Build(), TimeProvider.System),
        log?.For<DueRuns>() ?? NullLogger<DueRuns>.Instance);

    private List<T> Published<T>() where T : class =>
        [.. Harness.Published.Select<T>().Select(message => message.Context.Message)];

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment);

    private static Task NeverTakeTheModelHangingAsync(PublishContext context) =>
        context is PublishContext<RefreshRunStarted> { Message.Models: [{ Model: "hanging" }] }
            ? new TaskCompletionSource().Task.WaitAsync(context.CancellationToken)
            : Task.CompletedTask;

    /// <summary>A registry on a volume that cannot be written the first time.</summary>
    private sealed class FailingOnce(params ModelDefinition[] models) : IRegistry
    {
        private readonly FixedRegistry _registry = new(models);
        private bool _failed;

        public ModelRegistry Current => _registry.Current;

        public ModelRegistry Pin()
        {
            if (_failed)
                return Current;
            _failed = true;
            throw new IOException("No space left on device");
        }

        public ModelRegistry Pinned(string? sha256) => Current;
    }
}
