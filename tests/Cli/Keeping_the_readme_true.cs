using System.Text.RegularExpressions;
using Benchmark.Hosting;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

public sealed class Keeping_the_readme_true
{
    private static readonly string s_readme = RepositoryRoot.Read("README.md");

    [Fact]
    public void Lists_every_setting_as_the_code_has_it()
    {
        foreach (var setting in Settings.All)
        {
            var option = setting.Option is null ? "" : $"`{setting.Option}` ";
            s_readme.Should().Contain($"| `{setting.Environment}` | {option}| {setting.Default} | {setting.Meaning} |");
        }
    }

    [Fact]
    public void Names_only_commands_that_there_are()
    {
        const string benchmark = "dotnet run --project cli -- ";
        var lines = s_readme.Split('\n')
            .Where(line => line.StartsWith(benchmark))
            .Select(line => line[benchmark.Length..].Split('#')[0].Trim())
            .ToList();
        var root = BenchmarkCommand.Root(new Terminal(TextWriter.Null, TextWriter.Null));

        var errors = lines.SelectMany(line => root.Parse(line).Errors).Select(error => error.Message);

        lines.Should().HaveCountGreaterThan(5);
        errors.Should().BeEmpty();
        root.Parse("refresh --bogus").Errors.Should().NotBeEmpty();
    }

    [Fact]
    public void Gives_each_service_a_port_of_its_own()
    {
        string[] services = ["Scheduler", "Fetcher", "Validator", "Publisher", "Notifier"];

        var ports = services.ToDictionary(service => service, service => Regex.Match(
            RepositoryRoot.Read($"services/{service}/Program.cs"), @"RunAsync\(""\w+"", (\d+)").Groups[1].Value);

        ports.Values.Should().OnlyHaveUniqueItems();
        var settings = RepositoryRoot.Read("docs/settings.md");
        foreach (var (service, port) in ports)
        {
            s_readme.Should().Contain($"{service} {port}");
            settings.Should().Contain($"{port} ({service})");
        }
    }

    [Theory]
    [InlineData(ExitCode.Done, "done")]
    [InlineData(ExitCode.Usage, "usage")]
    [InlineData(ExitCode.SomeNotRefreshed, "some model")]
    [InlineData(ExitCode.Infrastructure, "could not run")]
    [InlineData(ExitCode.Cancelled, "cancelled")]
    public void Lists_every_exit_code(int code, string meaning) =>
        s_readme.Should().Contain($"| {code} | {meaning}");

    [Fact]
    public void Names_every_document()
    {
        var documents = Directory.GetFiles(RepositoryRoot.PathOf("docs"), "*.md")
            .Select(path => $"(docs/{Path.GetFileName(path)}");

        documents.Should().AllSatisfy(document => s_readme.Should().Contain(document));
    }

    [Fact]
    public void Names_only_files_that_there_are()
    {
        var links = Regex.Matches(s_readme, @"\]\(([^)#:]+)\)");
        foreach (var link in links.Select(match => match.Groups[1].Value))
            Path.Exists(RepositoryRoot.PathOf(link)).Should().BeTrue(link);
    }
}
