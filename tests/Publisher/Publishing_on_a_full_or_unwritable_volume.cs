using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

public sealed class Publishing_on_a_full_or_unwritable_volume : IDisposable
{
    private readonly SmallVolume _volume = new();
    private readonly BareSwap _swap;

    public Publishing_on_a_full_or_unwritable_volume() => _swap = new BareSwap(_volume.Layout);

    private ModelPaths Model => _volume.Layout.Paths();

    public void Dispose() => _volume.Dispose();

    // No free page stops it at the version's profile, one at its manifest, two at benchmark.json, after the version is
    // claimed: also then readers still have the old file, because benchmark.json is written before benchmark.csv is
    // replaced.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void Fails_with_the_old_file_and_its_facts_and_succeeds_when_there_is_space(int freePages, int versions)
    {
        _swap.Publish(_volume.Layout.Stage(run: 1));
        var message = _volume.Layout.Stage(run: 2);
        _volume.Fill(freePages);

        var publishing = () => _swap.Publish(message);

        publishing.Should().Throw<IOException>().WithMessage("*No space left on device*");
        StagedData.WholeContent(File.ReadAllBytes(Model.Benchmark)).Should().Be(1);
        PublishedVersions.All(Model).Should().HaveCount(versions);
        VolumeJson.Read<Manifest>(Model.Manifest).Version.Should().Be(1);
        Directory.GetFiles(_volume.Layout.Root, "*.tmp", SearchOption.AllDirectories).Should().BeEmpty();
        _volume.FreeSpace();
        publishing().Version.Should().Be(2);
        StagedData.WholeContent(File.ReadAllBytes(Model.Benchmark)).Should().Be(2);
        VolumeJson.Read<Manifest>(Model.Manifest).Version.Should().Be(2);
    }

    [Fact]
    public void Says_which_place_cannot_be_written_and_why()
    {
        var message = _volume.Layout.Stage(run: 1);
        _volume.MakeReadOnly();

        var publishing = () => _swap.Publish(message);

        publishing.Should().Throw<IOException>()
            .WithMessage($"Cannot create directory {Model.Versions}: Read-only file system*");
    }

    // The null device takes every write and refuses to be flushed: as NFS does with a file that its server has no
    // space for. Opened and never replaced: a whole file renamed over it would take the device from the machine.
    [Fact]
    public void Hears_of_a_failure_that_only_flushing_shows()
    {
        using var device = new FileStream("/dev/null", FileMode.Open, FileAccess.Write);
        device.WriteByte(1);

        var flushing = () => Posix.Flush(device);

        flushing.Should().Throw<IOException>().WithMessage("Cannot flush file /dev/null*");
    }
}
