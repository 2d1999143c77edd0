using System.Net.Sockets;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>A registry of images, on a free port of this machine and gone with the test.</summary>
internal sealed class LocalRegistry : IDisposable
{
    private const string Program = "docker-registry";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-registry-");
    private readonly int _port = FreePort.Find();
    private readonly ChildProcess _process;

    private LocalRegistry()
    {
        File.WriteAllText($"{_directory}/registry.yml", $"""
            version: 0.1
            storage:
              filesystem:
                rootdirectory: {_directory}/images
            http:
              addr: 127.0.0.1:{_port}
            """);
        _process = ChildProcess.Start(
            Path.Combine(DebianPackage.DirectoryOf(Program, Program), Program),
            ["serve", $"{_directory}/registry.yml"]);
    }

    /// <summary>Why it cannot be had on this machine; null when it can.</summary>
    public static string? WhyNot
    {
        get
        {
            try
            {
                DebianPackage.DirectoryOf(Program, Program);
                return null;
            }
            catch (InvalidOperationException missing)
            {
                return missing.Message;
            }
        }
    }

    /// <summary>Its name in that of an image. The SDK waits for TLS where it is not called <c>localhost</c>.</summary>
    public string Name => $"localhost:{_port}";

    public static async Task<LocalRegistry> StartAsync()
    {
        var registry = new LocalRegistry();
        using var patience = new CancellationTokenSource(s_patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await registry.ListensAsync())
        {
            if (registry._process.HasExited || patience.IsCancellationRequested)
                throw new InvalidOperationException($"The registry did not start: {registry._process.Error}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
        return registry;
    }

    public void Dispose()
    {
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task<bool> ListensAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <inheritdoc cref="LocalRegistry"/>
public sealed class NeedsImageRegistryAttribute : NeedsAttribute
{
    public override string? WhyNot => LocalRegistry.WhyNot;
}
