using Benchmark.Contracts.Registry;

namespace Benchmark.Contracts.Tests;

/// <summary>A directory of its own for a registry's files, gone with the test.</summary>
public sealed class RegistryFolder : IDisposable
{
    public const string VolumeRoot = "/mnt/efs";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-registry-");

    public string Path => _directory.FullName;

    public Dictionary<string, string?> Environment { get; } = new() { ["SNOWFLAKE_CONN"] = "account=x" };

    public void Dispose() => _directory.Delete(recursive: true);

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Reads one file's text as the registry.</summary>
    public ModelRegistry Read(string yaml) => RegistryReader.Read(Write("models.yaml", yaml), Environment, VolumeRoot);

    /// <summary>Reads all that was written as one registry.</summary>
    public ModelRegistry ReadAll() => RegistryReader.Read(Path, Environment, VolumeRoot);

    /// <summary>What is wrong with one file's text: <c>line,column problem hint</c>.</summary>
    public IReadOnlyList<string> Problems(string yaml) => Shown(() => Read(yaml));

    /// <summary>What is wrong with all that was written.</summary>
    public IReadOnlyList<string> ProblemsOfAll() => Shown(() => ReadAll());

    private IReadOnlyList<string> Shown(Action read)
    {
        var exception = read.Should().Throw<RegistryException>().Which;
        return [.. exception.Problems.Select(p => p.ToString().Replace($"{Path}/", "", StringComparison.Ordinal))];
    }
}
