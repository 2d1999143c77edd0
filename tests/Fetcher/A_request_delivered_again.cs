using Benchmark.Contracts;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

public sealed class A_request_delivered_again : IDisposable
{
    private readonly TempVolume _volume = new();

    [Fact]
    public async Task Announces_what_is_staged_already_instead_of_fetching_again()
    {
        // Another result each time, so that a second fetch would show.
        var registry = Sources.Registry(Sources.InMemory, Sources.Query("select uuid() as id"));
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, registry);

        var first = await fetcher.AskAsync<ModelStaged>(Sources.Request);
        var written = File.ReadAllText(_volume.Staged().Data);
        await fetcher.PublishAsync(Sources.Request);
        var second = await fetcher.NextAsync<ModelStaged>(skip: 1);

        second.Should().Be(first);
        _volume.StagingArea().Should().ContainSingle();
        File.ReadAllText(_volume.Staged().Data).Should().Be(written);
    }

    [Fact]
    public async Task Announces_what_was_rejected_instead_of_fetching_again()
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, Sources.Query("select uuid() as id")));
        var first = await fetcher.AskAsync<ModelStaged>(Sources.Request);
        // As the Validator does.
        var area = _volume.Layout.Model("value_stream_1", "model_x");
        Directory.CreateDirectory(area.RejectedArea);
        Directory.Move(_volume.Staged().Directory, area.Rejected(Sources.Run).Directory);
        Directory.CreateDirectory(_volume.Staged().Directory);

        await fetcher.PublishAsync(Sources.Request);
        var second = await fetcher.NextAsync<ModelStaged>(skip: 1);

        second.Should().Be(first);
        Directory.GetFileSystemEntries(area.StagingArea, "*", SearchOption.AllDirectories)
            .Should().Equal(_volume.Staged().Directory);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetches_into_another_attempt_when_the_earlier_one_is_not_whole(bool dataIsShort)
    {
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, Sources.Query("select 1 as id")));
        await fetcher.AskAsync<ModelStaged>(Sources.Request);
        if (dataIsShort)
            File.WriteAllText(_volume.Staged().Data, "id\n");
        else
            File.Delete(_volume.Staged().Facts);

        await fetcher.PublishAsync(Sources.Request);
        var second = await fetcher.NextAsync<ModelStaged>(skip: 1);

        second.Attempt.Should().Be(2);
        File.ReadAllText(_volume.Staged(attempt: 2).Data).Should().Be("id\n1\n");
    }

    public void Dispose() => _volume.Dispose();
}
