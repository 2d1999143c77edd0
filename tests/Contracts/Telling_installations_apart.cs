using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Contracts.Tests;

public sealed class Telling_installations_apart : IDisposable
{
    private readonly TempVolume _volume = new();

    public void Dispose() => _volume.Dispose();

    [Fact]
    public void Keeps_the_id_of_a_volume()
    {
        using var other = new TempVolume();

        var id = Installation.Make(_volume.Layout);

        Installation.Make(_volume.Layout).Should().Be(id);
        Installation.IdOf(_volume.Layout).Should().Be(id);
        Installation.Make(other.Layout).Should().NotBe(id);
        Directory.GetFiles(_volume.Layout.Bookkeeping).Should().Equal(_volume.Layout.Installation);
    }

    [Fact(Timeout = 60_000)]
    public async Task Gives_processes_that_begin_at_once_one_id()
    {
        using var begin = new Barrier(8);

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
        {
            begin.SignalAndWait();
            return Installation.Make(_volume.Layout);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        ids.Distinct().Should().ContainSingle();
    }

    [Fact]
    public void Makes_none_for_whoever_only_reads_it()
    {
        var read = () => Installation.IdOf(_volume.Layout);

        read.Should().Throw<NoInstallationException>()
            .WithMessage("*another directory is mounted in its place*benchmark volume accept*");
        Directory.GetFileSystemEntries(_volume.Root).Should().BeEmpty();
    }

    [Fact]
    public void Says_what_to_do_about_a_file_that_holds_no_id()
    {
        Directory.CreateDirectory(_volume.Layout.Bookkeeping);
        File.WriteAllText(_volume.Layout.Installation, "torn");

        var read = () => Installation.IdOf(_volume.Layout);

        read.Should().Throw<InvalidDataException>().WithMessage("*installation holds no id. Restore it*");
    }
}
