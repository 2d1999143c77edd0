using System.Globalization;
using System.Text.Json;
using Benchmark.Contracts.Volume;

namespace Benchmark.Deploy.Tests.Nfs;

/// <summary>What a scenario in the machine did and saw: the files that its scripts wrote.</summary>
internal sealed class MachineReport
{
    private readonly DirectoryInfo _directory;
    private readonly IReadOnlyList<JsonElement> _events;

    private MachineReport(DirectoryInfo directory, IReadOnlyList<JsonElement> events)
    {
        _directory = directory;
        _events = events;
    }

    public int ExitCode => _events[^1].GetProperty("exit").GetInt32();

    /// <summary>What its scripts complained of.</summary>
    public string Log => Text("scenario.log");

    /// <summary>What the server itself had as a model's <c>benchmark.csv</c>, each time that it was asked.</summary>
    public IReadOnlyList<ServedFile> Served(string model, string volume = "efs") => [.. Events("served")
        .Where(served => IsOf(served, model, volume)).Select(served => new ServedFile(
        served.GetProperty("sha256").GetString()!,
        served.GetProperty("since").GetDouble(),
        served.GetProperty("owner").GetString()!))];

    /// <summary>Reads it; null when the scenario did not come to its end.</summary>
    public static MachineReport? TryRead(DirectoryInfo directory)
    {
        var file = Path.Combine(directory.FullName, "events.jsonl");
        if (!File.Exists(file))
            return null;
        JsonElement[] events = [.. File.ReadLines(file).Select(line => JsonElement.Parse(line))];
        return events is [.., var last] && last.GetProperty("event").GetString() == "end"
            ? new MachineReport(directory, events) : null;
    }

    public JsonElement Event(string name) => Events(name).Single();

    /// <summary>A command that was run, by the name that the scenario gives it.</summary>
    public CommandResult Step(string name) => new(
        Events("step").Single(step => step.GetProperty("name").GetString() == name).GetProperty("exit").GetInt32(),
        Text($"{name}.out"),
        Text($"{name}.err"));

    /// <summary>The versions of a model in their order, and what was served at the end.</summary>
    public ModelVersions Versions(string model, string volume = "efs")
    {
        var end = Events("end_of_versions").Single(e => IsOf(e, model, volume));
        return new ModelVersions(
            [.. Events("version").Where(e => IsOf(e, model, volume)).Select(version => new VersionSeen(
                version.GetProperty("name").GetString()!,
                version.GetProperty("sha256").GetString()!,
                version.GetProperty("manifest").Deserialize<Manifest>(VolumeJson.Options)!))],
            end.GetProperty("served").GetString()!,
            end.GetProperty("facts").Deserialize<Manifest>(VolumeJson.Options)!);
    }

    /// <summary>Every time that a reader opened a file, and what came of it.</summary>
    public IReadOnlyList<FileRead> Reads(string reader) =>
    [
        .. File.ReadLines(Path.Combine(_directory.FullName, $"{reader}.reads")).Select(line => line.Split(' ', 3))
            .Select(part => new FileRead(double.Parse(part[0], CultureInfo.InvariantCulture), part[1], part[2])),
    ];

    /// <summary>A <c>benchmark.json</c> as a reader had it; the name is its SHA-256.</summary>
    /// <exception cref="InvalidDataException">It is not whole.</exception>
    public Manifest Facts(string reader, string sha256) =>
        VolumeJson.Read<Manifest>(Path.Combine(_directory.FullName, $"{reader}.{sha256}.json"));

    private IEnumerable<JsonElement> Events(string name) =>
        _events.Where(e => e.GetProperty("event").GetString() == name);

    private static bool IsOf(JsonElement e, string model, string volume) =>
        e.GetProperty("directory").GetString() == $"/run/srv/{volume}/value_stream_1/{model}";

    private string Text(string name) => File.ReadAllText(Path.Combine(_directory.FullName, name));
}

/// <summary>A command that was run in the machine.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The run's result for a model, of a command that was asked for JSON.</summary>
    public JsonElement Model(string name) => JsonElement.Parse(Output).GetProperty("models").EnumerateArray()
        .Single(model => model.GetProperty("model").GetString() == name);
}

/// <summary>What the server had as <c>benchmark.csv</c>.</summary>
/// <param name="Sha256">Of its content.</param>
/// <param name="Since">When its facts were written, a moment after it, in seconds.</param>
/// <param name="Owner">Its user and group on the server.</param>
internal sealed record ServedFile(string Sha256, double Since, string Owner);

/// <summary>A file that a reader opened.</summary>
/// <param name="At">When it asked for the file, in seconds.</param>
/// <param name="File">Its name.</param>
/// <param name="Seen">The SHA-256 of what it read, or the error.</param>
internal sealed record FileRead(double At, string File, string Seen);

/// <summary>One version, as it lies on the server.</summary>
internal sealed record VersionSeen(string Name, string Sha256, Manifest Manifest);

/// <summary>A model's versions, and what is served of them.</summary>
internal sealed record ModelVersions(IReadOnlyList<VersionSeen> All, string ServedSha256, Manifest Facts);
