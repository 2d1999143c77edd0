using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Fetcher.Tests;

public sealed class A_fetch_that_comes_to_nothing : IDisposable
{
    // Days of work for one thread, and nothing to stream until it is done.
    private const string Endless = "select count(*) as n from range(100000000000000) r(i) where i % 7 = 3";

    private readonly TempVolume _volume = new();

    [Theory]
    [InlineData("duckdb", Endless)]
    [InlineData(
        "sqlite", "with recursive r(i) as (select 1 union all select i + 1 from r) select count(*) as n from r")]
    public async Task Is_refused_at_its_deadline_and_leaves_nothing(string kind, string endless)
    {
        var source = kind == "duckdb" ? Sources.InMemory : Sources.Sqlite(_volume, "create table t (id integer)");
        var model = Sources.Query(endless) with { FetchTimeout = TimeSpan.FromMinutes(5) };
        var time = new ClockWithAlarms();
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, model), time);

        await fetcher.PublishAsync(Sources.Request);
        await time.AlarmSet;
        time.Advance(TimeSpan.FromMinutes(5));
        var failed = await fetcher.NextAsync<ModelFetchFailed>();

        failed.Refresh.Reason.Should().Contain("did not finish within 00:05:00");
        failed.Refresh.Hint.Should().Contain("fetch_timeout of value_stream_1/model_x");
        _volume.StagingArea().Should().BeEmpty();
    }

    [Fact]
    public async Task Is_given_back_when_the_process_stops_and_leaves_nothing()
    {
        var time = new ClockWithAlarms();
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, Sources.Query(Endless)), time);

        await fetcher.PublishAsync(Sources.Request);
        await time.AlarmSet;
        await fetcher.StopAsync();

        _volume.StagingArea().Should().BeEmpty();
        fetcher.Seen<ModelFetchFailed>().Should().BeEmpty();
        fetcher.Seen<Fault<RefreshModel>>().Should().BeEmpty();
    }

    [Fact]
    public async Task Is_a_fault_that_names_the_volume_when_the_disk_is_full()
    {
        using var disk = new SmallVolume();
        var model = Sources.Query("select range as id, repeat('x', 100) as filler from range(20000)");
        await using var fetcher = await FetcherHost.StartAsync(
            disk.Layout, Sources.Registry(Sources.InMemory, model));

        var fault = await fetcher.AskAsync<Fault<RefreshModel>>(Sources.Request);

        fault.Exceptions[0].Message.Should()
            .Contain("No space left on device").And.Contain(disk.Layout.Root).And.Contain("Check its free space");
        Directory.GetFileSystemEntries(disk.Layout.Model("value_stream_1", "model_x").StagingArea).Should().BeEmpty();
        fetcher.Seen<ModelFetchFailed>().Should().BeEmpty();
    }

    [Fact]
    public async Task Is_a_fault_when_the_server_cannot_be_reached()
    {
        var source = new SourceDefinition
        {
            Name = "demo",
            Kind = "postgres",
            Connection = "Host=127.0.0.1;Port=1;Username=u;Password=hunter2;Database=d",
        };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Table("t")));

        var fault = await fetcher.AskAsync<Fault<RefreshModel>>(Sources.Request);

        fault.Exceptions[0].Message.Should().Contain(
            "The source demo (postgres) is not available").And.NotContain("hunter2");
        _volume.StagingArea().Should().BeEmpty();
    }

    public void Dispose() => _volume.Dispose();

    /// <summary>Says when a deadline has been set, which is when a fetch has begun.</summary>
    private sealed class ClockWithAlarms : FakeTimeProvider
    {
        private readonly TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task AlarmSet => _set.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime >= TimeSpan.FromMinutes(5))
                _set.TrySetResult();
            return timer;
        }
    }
}
