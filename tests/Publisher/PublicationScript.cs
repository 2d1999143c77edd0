using System.Globalization;
using System.Text;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Tests;

/// <summary>
/// The commands of a script. Run 3 is fetched at minute 3 and stages content 3, unless the command says otherwise. A
/// kill leaves the volume as it was after the step named, and nothing is announced:
/// <c>building</c> (half a version), <c>claimed</c> (the number is taken), <c>linked</c> (the data has its temporary
/// name),
/// <c>swapped</c> (benchmark.csv is the new version), <c>recorded</c> (benchmark.json, too), <c>announced</c> (and
/// told, not tidied).
/// </summary>
internal sealed class PublicationScript(Workbench bench)
{
    private const string Foreign = "old,file\n";

    private readonly List<object> _neverAnnounced = [];
    private int _announced;

    public async Task ActAsync(string command)
    {
        switch (command.Split(' '))
        {
            case ["stage", "run", var run]:
                bench.Volume.Stage(Number(run));
                break;
            case ["stage", "run", var run, "with", "content", var content]:
                bench.Volume.Stage(Number(run), Number(content));
                break;
            case ["stage", "run", var run, "attempt", var attempt, "with", "content", var content]:
                bench.Volume.Stage(Number(run), Number(content), attempt: Number(attempt));
                break;
            case ["ModelValidated", "run", var run]:
                await bench.SendAsync(StagedData.Message(Number(run)));
                await bench.ConsumedAsync();
                break;
            case ["ModelValidated", "run", var run, "attempt", var attempt]:
                await bench.PublishAsync(StagedData.Message(Number(run), Number(attempt)));
                break;
            case ["kill", "run", var run, "when", var step]:
                await KillAsync(Number(run), step);
                break;
            case ["benchmark.csv", "is", "version", var version, "again"]:
                PointAt(Number(version));
                break;
            case ["somebody", "moves", "a", "file", "over", "benchmark.csv"]:
                Directory.CreateDirectory(bench.Model.Directory);
                File.Delete(bench.Model.Benchmark);
                await File.WriteAllTextAsync(bench.Model.Benchmark, Foreign);
                break;
            case ["somebody", "writes", "into", "benchmark.csv"]:
                await using (var file = File.OpenWrite(bench.Model.Benchmark))
                    file.WriteByte((byte)'X');
                break;
            case ["somebody", "removes", "benchmark.json"]:
                File.Delete(bench.Model.Manifest);
                break;
            case ["somebody", "removes", "the", "staging", "area"]:
                Directory.Delete(bench.Model.StagingArea, recursive: true);
                break;
            default:
                throw new ArgumentException($"There is no command '{command}'.");
        }
    }

    public Task<IReadOnlyList<string>> LookAsync()
    {
        var announced = bench.Announced.Skip(_announced)
            .Except(_neverAnnounced, ReferenceEqualityComparer.Instance).ToList();
        _announced = bench.Announced.Count;
        return Task.FromResult<IReadOnlyList<string>>(
        [
            .. announced.Select(Announced),
            $"reader: {ContentOf(bench.Model.Benchmark)}; {Facts()}",
            "versions: " + Listed(bench.Versions.Select(
                version => $"{version} ({ContentOf(bench.Model.Version(version).Data)})")),
            .. Others(),
        ]);
    }

    private static string Announced(object message) => message switch
    {
        ModelPublished published =>
            $"announces run {RunOf(published.RunId)}: ModelPublished {published.Refresh.Outcome}, version "
            + $"{published.Refresh.Version}",
        ModelPublishFailed failed => $"announces run {RunOf(failed.RunId)}: ModelPublishFailed",
        _ => throw new ArgumentException(message.ToString()),
    };

    private static string ContentOf(string path)
    {
        if (!File.Exists(path))
            return "no file";
        var bytes = File.ReadAllBytes(path);
        if (Encoding.UTF8.GetString(bytes) == Foreign)
            return "a foreign file";
        return bytes[0] == 'X' ? "an altered file" : $"content {StagedData.WholeContent(bytes)}";
    }

    private static int RunOf(Guid run) => BitConverter.ToInt32(run.ToByteArray());

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Listed(IEnumerable<string> items) =>
        string.Join(", ", items) is { Length: > 0 } text ? text : "none";

    private string Facts()
    {
        if (!File.Exists(bench.Model.Manifest))
            return "no facts";
        var facts = bench.Served;
        var confirmed = facts.RefreshedRunId is { } run ? $", confirmed by run {RunOf(run)}" : "";
        return $"facts of version {facts.Version} by run {RunOf(facts.RunId)}{confirmed}";
    }

    // What readers never open: what is staged, what a kill left, what was kept of others.
    private IEnumerable<string> Others()
    {
        var staged = Names(bench.Model.StagingArea)
            .Select(name => $"run {RunOf(Guid.Parse(name[..36]))} attempt {name[37..]}").ToList();
        if (staged.Count > 0)
            yield return $"staged: {Listed(staged.Order())}";
        var left = Names(bench.Model.Directory).Concat(Names(bench.Model.Versions))
            .Count(name => name.EndsWith(".tmp", StringComparison.Ordinal));
        if (left > 0)
            yield return $"left over: {left}";
        var kept = Names(bench.Model.Versions).Count(name => name.Contains(".foreign-", StringComparison.Ordinal));
        if (kept > 0)
            yield return $"kept foreign files: {kept}";
    }

    private static IEnumerable<string> Names(string directory) =>
        Directory.Exists(directory) ? Directory.GetFileSystemEntries(directory)
            .Select(path => Path.GetFileName(path)) : [];

    // Published whole, then taken back to where the kill was: every step is a link or a rename, and leaves what it
    // found.
    private async Task KillAsync(int run, string step)
    {
        if (step == "building")
        {
            LeaveHalfAVersion(run);
            return;
        }
        var before = Posix.Identity(bench.Model.Benchmark) is { } seen
            ? bench.Versions.Cast<int?>()
                .Single(version => Posix.Identity(bench.Model.Version(version!.Value).Data) == seen) : null;
        var facts = File.Exists(bench.Model.Manifest) ? await File.ReadAllBytesAsync(bench.Model.Manifest) : null;
        var staged = Copies(bench.Model.Staging(StagedData.Run(run), 1).Directory);

        var announced = await bench.PublishAsync(StagedData.Message(run));

        Restore(bench.Model.Staging(StagedData.Run(run), 1).Directory, staged);
        if (step is not "announced")
            _neverAnnounced.Add(announced);
        if (step is "claimed" or "linked" or "swapped")
            Put(bench.Model.Manifest, facts);
        if (step is "claimed" or "linked")
            PointAt(before);
        if (step is "linked")
            Posix.TryLink(bench.Model.Version(bench.Versions[^1]).Data, WholeFile.TemporaryFor(bench.Model.Benchmark));
    }

    private void LeaveHalfAVersion(int run)
    {
        var next = bench.Versions is [.., var highest] ? highest + 1 : 1;
        var building = Directory.CreateDirectory(
            $"{bench.Model.Version(next).Directory}.{StagedData.Run(run)}-{Guid.NewGuid():N}.tmp");
        Posix.TryLink(
            bench.Model.Staging(StagedData.Run(run), 1).Data, Path.Combine(building.FullName, "benchmark.csv"));
    }

    private void PointAt(int? version)
    {
        File.Delete(bench.Model.Benchmark);
        if (version is { } number)
            Posix.TryLink(bench.Model.Version(number).Data, bench.Model.Benchmark);
    }

    private static Dictionary<string, byte[]> Copies(string directory) =>
        Directory.GetFiles(directory).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);

    private static void Restore(string directory, Dictionary<string, byte[]> files)
    {
        Directory.CreateDirectory(directory);
        foreach (var (name, content) in files)
            File.WriteAllBytes(Path.Combine(directory, name), content);
    }

    private static void Put(string path, byte[]? content)
    {
        if (content is null)
            File.Delete(path);
        else
            File.WriteAllBytes(path, content);
    }
}
