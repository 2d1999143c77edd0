using System.Security.Cryptography;
using Benchmark.Contracts.Volume;

namespace Benchmark.EndToEnd.Tests;

/// <summary>
/// A data scientist who reads all the time: each file read must be, byte for byte, one of the model's versions.
/// </summary>
internal sealed class Reader(IReadOnlyList<ModelPaths> models)
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _versions = [];
    private Thread? _thread;

    /// <summary>How many files were read.</summary>
    public long Reads { get; private set; }

    /// <summary>What was seen that nobody should see.</summary>
    public List<string> HalfFiles { get; } = [];

    public void Start()
    {
        _thread = new Thread(ReadOnAndOn);
        _thread.Start();
    }

    public void Stop()
    {
        _stop.Cancel();
        _thread!.Join();
    }

    private void ReadOnAndOn()
    {
        // Once there is a benchmark, there is one at every later moment.
        var seen = new HashSet<ModelPaths>();
        while (!_stop.IsCancellationRequested)
        {
            foreach (var model in models)
            {
                if (!seen.Contains(model) && !File.Exists(model.Benchmark))
                    continue;
                seen.Add(model);
                Look(model);
            }
            // Every model a few times a second; the two cores have the services to run, too.
            _stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(100));
        }
    }

    private void Look(ModelPaths model)
    {
        try
        {
            Reads++;
            RequireWhole(model, Sha256(model.Benchmark));
            // The way to have data and facts together: the facts say which file is theirs. Written a moment after the
            // very first data file.
            if (!File.Exists(model.Manifest))
                return;
            var facts = VolumeJson.Read<Manifest>(model.Manifest);
            if (Sha256(Path.Combine(model.Directory, facts.File)) != facts.Sha256)
                HalfFiles.Add($"{facts.File} is not what {model.Manifest} says");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            HalfFiles.Add($"{model.Benchmark}: {e.Message}");
        }
    }

    private void RequireWhole(ModelPaths model, string sha256)
    {
        if (_versions.Contains($"{model.Directory} {sha256}"))
            return;
        // Committed before it is served: its manifest is there by now.
        foreach (var version in PublishedVersions.All(model))
            _versions.Add($"{model.Directory} {VolumeJson.Read<Manifest>(model.Version(version).Manifest).Sha256}");
        if (!_versions.Contains($"{model.Directory} {sha256}"))
            HalfFiles.Add($"{model.Benchmark} was none of its versions");
    }

    private static string Sha256(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
