using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Contracts.Tests;

/// <summary>A live registry over a real directory and a real volume.</summary>
public sealed class LiveFixture : IDisposable
{
    public RegistryFolder Folder { get; } = new();

    public TempVolume Volume { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public LogCapture Log { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        Volume.Dispose();
    }

    /// <summary>Reads the named file, or the whole directory.</summary>
    public LiveRegistry Open(string? name = "models.yaml", TimeProvider? time = null) => new(
        Options.Create(new RegistryOptions
        {
            Path = name is null ? Folder.Path : Folder.PathOf(name),
            // With the real clock only the watch can be quicker than the test's patience.
            PollInterval = time is null ? TimeSpan.FromSeconds(30) : TimeSpan.FromHours(1),
        }),
        Volume.Layout, time ?? Time, Log.For<LiveRegistry>())
    {
        Environment = Folder.Environment,
    };

    /// <summary>A registry of models that read the table of their name.</summary>
    public static string Registry(params string[] models) =>
        "version: 1\nvalue_streams:\n  vs:\n    "
        + $"models:\n{string.Concat(models.Select(m => $"      {m}: {{table: {m}}}\n"))}";
}
