using System.Runtime.CompilerServices;
using Benchmark.Hosting;

namespace Benchmark.Cli.Tests;

public sealed class Keeping_the_readme_true
{
    private static readonly string s_readme = File.ReadAllText(Path.Combine(Root(), "README.md"));

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
    public async Task Names_only_commands_that_there_are()
    {
        var commands = s_readme.Split('\n')
            .Where(line => line.StartsWith("dotnet run --project cli -- "))
            .Select(line => line["dotnet run --project cli -- ".Length..].Split('#')[0].Trim().Split(' ')[0])
            .ToList();

        commands.Should().Contain(["demo", "check", "refresh", "models", "runs", "up"]);
        foreach (var command in commands)
        {
            var exitCode = await BenchmarkCommand.RunAsync([command, "--help"], new Terminal(new StringWriter(), new StringWriter()), default);
            exitCode.Should().Be(0, command);
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
    public void Names_only_files_that_there_are()
    {
        foreach (var link in System.Text.RegularExpressions.Regex.Matches(s_readme, @"\]\(([^)#:]+)\)").Select(match => match.Groups[1].Value))
            Path.Exists(Path.Combine(Root(), link)).Should().BeTrue(link);
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
