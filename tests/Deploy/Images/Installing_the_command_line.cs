using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests;

/// <summary>The command line as a .NET tool, made of what this build has built.</summary>
public sealed class Installing_the_command_line : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-tool-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact(Timeout = 300_000)]
    public async Task Runs_from_the_package_that_dotnet_pack_makes()
    {
        // Where this test runs: bin/<configuration>/net10.0.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await DotnetAsync(
            "pack", "cli", "--no-build", "--configuration", configuration, "--output", _directory.FullName);
        await DotnetAsync(
            "tool", "install", "Benchmark.Cli", "--tool-path", InDirectory("bin"), "--source", _directory.FullName);
        await File.WriteAllTextAsync(InDirectory("data.csv"), "id,x\n1,2\n2,3\n");

        using var init = ChildProcess.Start(
            InDirectory("bin/benchmark"), ["init", "--from", "data.csv"], workingDirectory: _directory.FullName);

        (await init.ExitAsync()).Should().Be(0, init.Error);
        init.Output.Should().Contain("value_stream_1/data: 2 rows");
    }

    private string InDirectory(string name) => Path.Combine(_directory.FullName, name);

    private static async Task DotnetAsync(params string[] args)
    {
        using var dotnet = ChildProcess.Start("dotnet", args, workingDirectory: RepositoryRoot.PathOf("."));
        (await dotnet.ExitAsync()).Should().Be(0, dotnet.Output + dotnet.Error);
    }
}
