using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

[NeedsStrace]
public sealed class Publishing_where_calls_fail : IDisposable
{
    private const string Examining = "statx,newfstatat,stat,lstat,access,faccessat2,openat";

    private readonly TempVolume _volume = new();

    private ModelPaths Model => _volume.Layout.Paths();

    public void Dispose() => _volume.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Makes_the_directories_of_a_first_version_durable()
    {
        _volume.Layout.Stage(run: 1);

        var flushes = await TracedPublisher.CallsOfAsync(_volume.Layout, run: 1, "fsync");

        foreach (var directory in Model.DirectoriesToRoot)
            flushes.Should().Contain(line => line.Contains($"<{directory}>"), directory);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("EIO")]
    [InlineData("ESTALE")]
    [InlineData("EACCES")]
    public async Task Does_not_take_versions_that_it_cannot_see_for_none(string error)
    {
        for (var run = 1; run <= 2; run++)
            new BareSwap(_volume.Layout).Publish(_volume.Layout.Stage(run));
        // As retention does: the number that a publisher would take who sees no version is free.
        Directory.Delete(Model.Version(1).Directory, recursive: true);
        _volume.Layout.Stage(run: 3);

        var (exitCode, output) = await TracedPublisher.PublishAsync(
            _volume.Layout, run: 3, Model.Versions, $"{Examining}:error={error}:when=1");

        exitCode.Should().NotBe(0);
        output.Should().Contain(Model.Versions);
        PublishedVersions.All(Model).Should().Equal(2);
        StagedData.WholeContent(await File.ReadAllBytesAsync(Model.Benchmark)).Should().Be(2);
        new BareSwap(_volume.Layout).Publish(StagedData.Message(3)).Version.Should().Be(3, "nothing is lost");
    }
}
