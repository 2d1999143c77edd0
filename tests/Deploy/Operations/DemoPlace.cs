using System.Text.Json;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>The demo after its first month, in one process and with SQLite; each test has a copy of it.</summary>
public sealed class DemoPlace : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("benchmark-backup-");
    private int _copies;

    public string Directory => _directory.FullName;

    public async Task InitializeAsync()
    {
        var demo = await CommandLine.RunAsync($"benchmark demo --dir {Directory}", new Dictionary<string, string>());
        demo.ExitCode.Should().Be(0, demo.ToString());
    }

    public Task DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A volume and a state of its own, with the warehouse and the registry of the demo.</summary>
    internal DemoCopy Copy()
    {
        var target = Path.Combine(Directory, $"copy-{Interlocked.Increment(ref _copies)}");
        System.IO.Directory.CreateDirectory(target);
        ChildProcess.Run(
            "cp", ["--archive", Path.Combine(Directory, "efs"), Path.Combine(Directory, "state"), target]);
        return new DemoCopy(target, Path.Combine(Directory, "models.yaml"));
    }
}

internal sealed class DemoCopy(string directory, string registry)
{
    public string Directory => directory;

    public string State => Path.Combine(directory, "state");

    public string Database => Path.Combine(State, "benchmark.db");

    public VolumeLayout Volume => new(Path.Combine(directory, "efs"));

    public ModelPaths ModelX => Volume.Model("value_stream_1", "model_x");

    private Dictionary<string, string> Settings =>
        new() { ["--root"] = Volume.Root, ["--registry"] = registry, ["--state"] = State };

    public Task<CommandResult> RunAsync(string line) => CommandLine.RunAsync(line, Settings);

    /// <summary>What a command shows with <c>--json</c>.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string line)
    {
        var result = await RunAsync($"{line} --json");
        result.ExitCode.Should().Be(0, result.ToString());
        return [.. JsonDocument.Parse(result.Output).RootElement.EnumerateArray()];
    }

    /// <summary>Runs a command as a process of its own, with an environment of its own.</summary>
    public ChildProcess Start(string command, params (string Name, string Value)[] environment) =>
        ChildProcess.StartDotnet(
            "benchmark.dll",
            [.. command.Split(' ').Skip(1), .. Settings.SelectMany(setting => new[] { setting.Key, setting.Value })],
            environment
                .Append(("ASPNETCORE_URLS", "http://127.0.0.1:0")).Append(("Pages__Address", "http://127.0.0.1:0"))
                .ToDictionary(variable => variable.Item1, variable => variable.Item2));

    /// <summary>Runs all services until something is so.</summary>
    public async Task UpUntilAsync(Func<Task<bool>> isSo)
    {
        using var up = Start("benchmark up");
        // Stopped before that, it would say that it was cancelled.
        bool HasStarted() => up.Error.Contains("stop with Ctrl+C");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!HasStarted() || !await isSo())
        {
            up.HasExited.Should().BeFalse($"it runs until it is stopped: {up.Error}{up.Output}");
            patience.IsCancellationRequested.Should().BeFalse($"it should be so by now: {up.Output}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
        (await up.EndAsync()).Should().Be(0);
    }
}
