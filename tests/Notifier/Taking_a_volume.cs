using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;

namespace Benchmark.Notifier.Tests;

public sealed class Taking_a_volume : IDisposable
{
    private readonly TempVolume _volume = new();

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task Marks_a_new_one_before_any_run_has_started()
    {
        await using var here = await NotifierHost.StartAsync(_volume);
        using var volume = new VolumeOfRuns(here.Runs, _volume.Layout);

        await volume.StartAsync(CancellationToken.None);

        Installation.IdOf(_volume.Layout).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Refuses_one_without_an_installation_when_the_database_knows_of_runs()
    {
        await using var here = await NotifierHost.StartAsync(_volume);
        await here.ConsumeAsync(new Events().Started("a"));
        using var volume = new VolumeOfRuns(here.Runs, _volume.Layout);

        var start = () => volume.StartAsync(CancellationToken.None);

        await start.Should().ThrowAsync<IOException>().WithMessage("*benchmark volume accept*");
        File.Exists(_volume.Layout.Installation).Should().BeFalse();
    }
}
