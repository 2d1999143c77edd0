using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

public sealed class Restoring_what_was_locked : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-lock-");

    [Fact(Timeout = 600_000)]
    public async Task Accepts_the_packages_that_the_projects_name()
    {
        var restore = await RestoreAsync("-p:VendorPackages=false");

        restore.ExitCode.Should().Be(0, "the locks are those of today; otherwise run deploy/docker/lock.sh and commit "
            + $"what it writes: {restore.Output}");
    }

    [Fact(Timeout = 600_000)]
    public async Task Refuses_a_restore_for_which_there_is_no_lock()
    {
        var locks = BuildContext.CopyTo(_directory.FullName) + "/deploy/docker/locks";
        Directory.Delete(locks, recursive: true);

        var restore = await RestoreAsync("-p:VendorPackages=false");

        restore.ExitCode.Should().Be(1);
        restore.Output.Should().Contain("There is no lock").And.Contain("run deploy/docker/lock.sh");
        Directory.Exists(locks).Should().BeFalse();
    }

    public void Dispose() => _directory.Delete(recursive: true);

    // In a copy: it leaves the project files of an image's build behind.
    private async Task<(int ExitCode, string Output)> RestoreAsync(string option)
    {
        if (!Directory.Exists($"{_directory}/cli"))
            BuildContext.CopyTo(_directory.FullName);
        using var restore = ChildProcess.Start(
            "dotnet", ["restore", "cli", "-r", "linux-x64", "-p:RestoreLockedMode=true", option],
            workingDirectory: _directory.FullName);
        return (await restore.ExitAsync(), restore.Output + restore.Error);
    }
}
