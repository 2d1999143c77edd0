using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Tests;

/// <summary>A traced publication, which can be replayed up to a crash.</summary>
internal sealed class CrashingPublication
{
    private readonly string _root;
    private readonly IReadOnlyDictionary<string, byte[]> _start;
    private readonly Dictionary<string, byte[]> _written = [];

    /// <param name="traced">The volume after the publication.</param>
    /// <param name="start">The files before it.</param>
    /// <param name="calls">All calls, the removal of what was staged included.</param>
    /// <param name="before">The content that was served before; 0 for none.</param>
    public CrashingPublication(
        VolumeLayout traced, IReadOnlyDictionary<string, byte[]> start, IReadOnlyList<TracedCall> calls, int before)
    {
        (_root, _start, Before) = (traced.Root, start, before);
        // What comes behind the last flush is done after the announcement.
        var announced = calls.ToList().FindLastIndex(call => call.Name == "fsync");
        Calls = [.. calls.Take(announced + 1)];
        foreach (var (call, at) in Calls.Select((call, at) => (call, at)).Where(c => c.call.Name == "create"))
            _written[call.Path] = File.ReadAllBytes(FinalName(call.Path, at));
    }

    /// <summary>The calls up to the announcement.</summary>
    public IReadOnlyList<TracedCall> Calls { get; }

    public int Before { get; }

    public int Run => Before + 1;

    public static Dictionary<string, byte[]> FilesOf(VolumeLayout volume) =>
        Directory.GetFiles(volume.Root, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = 0,
        }).ToDictionary(path => path, File.ReadAllBytes);

    /// <summary>Carries out some calls on a volume, and loses a part of what was not flushed.</summary>
    /// <returns>What was lost.</returns>
    public IReadOnlyList<string> Crash(VolumeLayout volume, int calls, Random random)
    {
        var done = Calls.Take(calls).ToList();
        var lost = new List<string>();
        Prepare(volume);
        for (var at = 0; at < done.Count; at++)
        {
            var call = done[at];
            if (call.Directories.Any(directory => !IsFlushed(done, at, directory)) && random.Next(2) == 0)
                lost.Add($"{call.Name} {call.Path[_root.Length..]}");
            else
                Carry(volume, call);
        }
        foreach (var path in Unflushed(done).Where(_ => random.Next(2) == 0))
            if (Damage(On(volume, path), random))
                lost.Add($"content of {path[_root.Length..]}");
        return lost;
    }

    private void Prepare(VolumeLayout volume)
    {
        foreach (var (path, content) in _start)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(On(volume, path))!);
            File.WriteAllBytes(On(volume, path), content);
        }
        var model = volume.Paths();
        if (Before == 0)
            return;
        File.Delete(model.Benchmark);
        Posix.TryLink(model.Version(Before).Data, model.Benchmark);
    }

    private string On(VolumeLayout volume, string path) => volume.Root + path[_root.Length..];

    private static bool IsFlushed(List<TracedCall> done, int at, string directory) =>
        done.Skip(at + 1).Any(later => later.Name == "fsync" && later.Path == directory);

    // A call whose file was lost with an earlier one has nothing to act on.
    private void Carry(VolumeLayout volume, TracedCall call)
    {
        var (path, target) = (On(volume, call.Path), call.Target is null ? "" : On(volume, call.Target));
        switch (call.Name)
        {
            case "mkdir" when Directory.Exists(Path.GetDirectoryName(path)):
                Directory.CreateDirectory(path);
                break;
            case "create" when Directory.Exists(Path.GetDirectoryName(path)):
                File.WriteAllBytes(path, _written[call.Path]);
                break;
            case "link" when File.Exists(path) && Directory.Exists(Path.GetDirectoryName(target)):
                Posix.TryLink(path, target);
                break;
            case "rename" when Path.Exists(path):
                Posix.Rename(path, target);
                break;
            case "unlink" when File.Exists(path):
                File.Delete(path);
                break;
        }
    }

    // Under every name that the file had: what is flushed through one is durable under all.
    private IEnumerable<string> Unflushed(List<TracedCall> done)
    {
        var files = _written.Keys.Where(path => done.Any(call => call.Name == "create" && call.Path == path))
            .Concat(_start.Keys.Where(path => path.Contains("/.staging/", StringComparison.Ordinal)));
        foreach (var file in files)
        {
            var names = new HashSet<string> { file };
            var isFlushed = false;
            foreach (var call in done)
            {
                isFlushed |= call.Name == "fsync" && names.Contains(call.Path);
                if (call.Target is { } target && names.FirstOrDefault(name => IsAt(name, call.Path)) is { } old)
                    names.Add(target + old[call.Path.Length..]);
            }
            if (!isFlushed)
                foreach (var name in names)
                    yield return name;
        }
    }

    private static bool Damage(string path, Random random)
    {
        if (!File.Exists(path))
            return false;
        var content = File.ReadAllBytes(path);
        var kept = content[..random.Next(content.Length)];
        using var file = new FileStream(path, FileMode.Truncate, FileAccess.Write);
        file.Write(kept);
        return true;
    }

    private string FinalName(string path, int at) => Calls.Skip(at)
        .Where(call => call.Name == "rename")
        .Aggregate(path, (name, call) => IsAt(name, call.Path) ? call.Target + name[call.Path.Length..] : name);

    private static bool IsAt(string name, string path) =>
        name == path || name.StartsWith($"{path}/", StringComparison.Ordinal);
}
