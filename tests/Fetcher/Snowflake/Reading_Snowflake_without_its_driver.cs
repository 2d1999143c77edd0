using Benchmark.Contracts;
using Benchmark.Fetcher.Tests.Snowflake.Emulator;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests.Snowflake;

[NeedsNoSnowflakeDriver]
public sealed class Reading_Snowflake_without_its_driver : IDisposable
{
    private readonly TempVolume _volume = new();

    [Fact]
    public async Task Is_refused_with_what_to_do_but_without_the_secret()
    {
        var source = StandIn.Source with { Connection = "account=a;user=u;authenticator=oauth;token=hunter2" };
        var model = Sources.Table("t") with { Source = source.Name };
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, Sources.Registry(source, model));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().Be("This program has no Snowflake driver.");
        failed.Refresh.Hint.Should().Contain("-p:SnowflakeDriver=true")
            .And.Contain("SNOWFLAKE_DRIVER").And.NotContain("hunter2");
    }

    public void Dispose() => _volume.Dispose();
}
