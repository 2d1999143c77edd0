using Benchmark.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Benchmark.Deploy.Tests.Images;

/// <summary><c>deploy/compose.yaml</c> as far as it uses the format: a key that is not here is refused.</summary>
internal sealed class ComposeFile
{
    public required string Name { get; init; }

    [YamlMember(Alias = "x-service", ApplyNamingConventions = false)]
    public ComposeService? Template { get; init; }

    public required Dictionary<string, ComposeService> Services { get; init; }

    public required Dictionary<string, Dictionary<string, string>> Volumes { get; init; }

    public static ComposeFile Read() => Parse(RepositoryRoot.Read("deploy/compose.yaml"));

    public static ComposeFile Parse(string text) =>
        new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
            .Deserialize<ComposeFile>(new MergingParser(new Parser(new StringReader(text))));
}

internal sealed class ComposeService
{
    public string Image { get; init; } = "";

    public ComposeBuild? Build { get; init; }

    public string Restart { get; init; } = "no";

    public bool ReadOnly { get; init; }

    public List<string> CapDrop { get; init; } = [];

    public List<string> SecurityOpt { get; init; } = [];

    public string StopGracePeriod { get; init; } = "10s";

    public List<string> Command { get; init; } = [];

    public Dictionary<string, string> Environment { get; init; } = [];

    public List<string> Volumes { get; init; } = [];

    public List<string> Ports { get; init; } = [];

    public Dictionary<string, ComposeDependency> DependsOn { get; init; } = [];

    public ComposeHealthCheck? Healthcheck { get; init; }

    /// <summary>Where this machine reaches it: what is before the port of the container.</summary>
    public string AddressOf(int port) => Ports.Single(mapping => mapping.EndsWith($":{port}", StringComparison.Ordinal))
        [..^$":{port}".Length];

    public bool IsOurs => Image.StartsWith("benchmark/", StringComparison.Ordinal);
}

internal sealed record ComposeBuild
{
    public required string Context { get; init; }

    public required string Dockerfile { get; init; }

    public required Dictionary<string, string> Args { get; init; }
}

internal sealed record ComposeDependency
{
    public required string Condition { get; init; }
}

internal sealed record ComposeHealthCheck
{
    public required List<string> Test { get; init; }

    public required string Interval { get; init; }

    public required string Timeout { get; init; }

    public required int Retries { get; init; }
}
