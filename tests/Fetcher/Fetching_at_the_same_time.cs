using Benchmark.Contracts;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

public sealed class Fetching_at_the_same_time : IDisposable
{
    private readonly TempVolume _volume = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Runs_no_more_fetches_against_a_source_than_it_allows(int limit)
    {
        const int models = 8;
        var source = Sources.InMemory with { MaxConcurrentFetches = limit };
        var time = new CountingDeadlines(Models.Named("value_stream_1", "any").FetchTimeout);
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout,
            Sources.Registry(source, [.. Enumerable.Range(0, models).Select(i =>
                Models.Named(
                    "value_stream_1", $"model_{i}") with { Table = null, Query = "select * from range(200000)" })]),
            time);

        for (var i = 0; i < models; i++)
            await fetcher.PublishAsync(Sources.Request with { Model = $"model_{i}" });
        await fetcher.NextAsync<ModelStaged>(skip: models - 1);

        time.Most.Should().BeInRange(1, limit);
        time.All.Should().Be(models);
    }

    [Fact]
    public async Task Lets_the_next_one_in_when_a_place_is_free()
    {
        var limiter = new Fetcher.Sources.SourceLimiter();
        var source = Sources.InMemory with { MaxConcurrentFetches = 2 };

        var first = await limiter.AcquireAsync(source, CancellationToken.None);
        using var second = await limiter.AcquireAsync(source, CancellationToken.None);
        var third = limiter.AcquireAsync(source, CancellationToken.None);
        var waited = !third.IsCompleted;
        first.Dispose();

        waited.Should().BeTrue();
        (await third).Dispose();
    }

    public void Dispose() => _volume.Dispose();

    /// <summary>Counts the deadlines that are set at the same time: one for each fetch under way.</summary>
    private sealed class CountingDeadlines(TimeSpan fetchTimeout) : TimeProvider
    {
        private readonly Lock _lock = new();
        private int _now;

        public int Most { get; private set; }

        public int All { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != fetchTimeout)
                return System.CreateTimer(callback, state, dueTime, period);
            lock (_lock)
            {
                All++;
                Most = Math.Max(Most, ++_now);
            }
            return new Counted(System.CreateTimer(callback, state, dueTime, period), () =>
            {
                lock (_lock)
                    _now--;
            });
        }

        private sealed class Counted(ITimer timer, Action disposed) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                timer.Dispose();
                disposed();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
