using System.Text.RegularExpressions;
using System.Xml.Linq;
using Benchmark.Hosting;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>The Dockerfile and <c>dotnet publish -t:PublishContainer</c> make the same image.</summary>
public sealed partial class Describing_the_images
{
    private static readonly string s_dockerfile = RepositoryRoot.Read("deploy/docker/Dockerfile");
    private static readonly XDocument s_props = XDocument.Parse(RepositoryRoot.Read("deploy/docker/Image.props"));

    [Fact]
    public void Pins_what_images_are_made_from_by_digest()
    {
        ArgumentDefaults().Where(argument => argument.Name is "SDK" or "BASE").Should().HaveCount(2)
            .And.OnlyContain(argument => WithDigest().IsMatch(argument.Value));
        BaseImages().Should().Equal("${SDK}", "${BASE}");
    }

    [Fact]
    public void Has_one_base_user_and_licence_either_way()
    {
        Property("ContainerBaseImage").Should().Be(ArgumentDefaults().Single(a => a.Name == "BASE").Value);
        Property("ContainerUser").Should().Be(Instruction("USER"));
        s_dockerfile.Should().Contain($"licenses=\"{Property("ContainerLicenseExpression")}\"");
    }

    [Fact]
    public void Has_one_environment_either_way()
    {
        var published = s_props.Descendants("ContainerEnvironmentVariable")
            .Select(variable => $"{variable.Attribute("Include")!.Value}={variable.Attribute("Value")!.Value}");

        EnvironmentVariable().Matches(s_dockerfile).Select(match => match.Value.Trim())
            .Should().BeEquivalentTo(published);
    }

    [Fact]
    public void Sets_only_what_services_read()
    {
        var ours = EnvironmentVariable().Matches(s_dockerfile)
            .Select(match => match.Value.Trim().Split('=')[0])
            .Where(name => name.StartsWith("BENCHMARK_", StringComparison.Ordinal));

        ours.Should().NotBeEmpty().And.BeSubsetOf(Settings.All.Select(setting => setting.Environment));
    }

    [Fact]
    public void Has_the_version_of_what_is_in_it()
    {
        var version = XDocument.Parse(RepositoryRoot.Read("Directory.Build.props")).Descendants("Version").Single();

        ArgumentDefaults().Single(argument => argument.Name == "VERSION").Value.Should().Be(version.Value);
    }

    [Fact]
    public void Locks_the_packages_of_all_that_ships()
    {
        string[] folders = ["data", "contracts", "hosting", "services", "cli"];
        var projects = folders.SelectMany(folder => Directory.GetFiles(
            RepositoryRoot.PathOf(folder), "*.csproj", SearchOption.AllDirectories));

        Directory.GetFiles(RepositoryRoot.PathOf("deploy/docker/locks")).Select(Path.GetFileNameWithoutExtension)
            .Should().BeEquivalentTo(projects.Select(Path.GetFileNameWithoutExtension));
    }

    private static string Property(string name) => s_props.Descendants(name).Single().Value;

    private static string Instruction(string name) => s_dockerfile.Split('\n')
        .Single(line => line.StartsWith($"{name} ", StringComparison.Ordinal))[(name.Length + 1)..];

    private static IEnumerable<string> BaseImages() =>
        From().Matches(s_dockerfile).Select(match => match.Groups[1].Value);

    private static List<(string Name, string Value)> ArgumentDefaults() =>
        [.. Argument().Matches(s_dockerfile).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex(@"^\S+:[\w.-]+@sha256:[0-9a-f]{64}$")]
    private static partial Regex WithDigest();

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@"^ARG (\w+)=(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Argument();

    [GeneratedRegex(@"\b(?:DOTNET|MASSTRANSIT|ASPNETCORE|BENCHMARK)_\w+=[^\s\\]+")]
    private static partial Regex EnvironmentVariable();
}
