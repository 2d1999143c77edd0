using System.CommandLine;
using Benchmark.Cli.Help;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

public sealed class Helping_people_along : IDisposable
{
    private readonly Workplace _place = new();

    public Helping_people_along() => _place.Registers("model_a: {table: a}", "model_b: {table: a}");

    public static TheoryData<string> Commands => [.. Root().Subcommands.Select(command => command.Name)];

    public void Dispose() => _place.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Helps_with_each_command_in_80_columns_and_by_examples(string command)
    {
        var help = await HelpAsync(command, "--help");

        help.Split('\n').Should().AllSatisfy(line => line.TrimEnd().Length.Should().BeLessThanOrEqualTo(80));
        help.Should().Contain("Examples:").And.Contain($"benchmark {command}").And.NotContain("vs/model_a");
    }

    [Fact]
    public void Gives_only_examples_that_are_understood()
    {
        var examples = Root().Subcommands.Append<Command>(Root()).SelectMany(Examples.Of).ToList();

        examples.Should().HaveCountGreaterThan(15);
        const string benchmark = "benchmark ";
        foreach (var (line, _) in examples.Where(example => example.Line.StartsWith(benchmark)))
            Root().Parse(line[benchmark.Length..].Split([" > ", " < "], StringSplitOptions.None)[0].Replace('\'', '"'))
                .Errors.Should().BeEmpty(line);
    }

    [Theory]
    [InlineData("benchmark ref", "refresh")]
    [InlineData("benchmark refresh --dry", "--dry-run")]
    [InlineData("benchmark models vs/model_", "vs/model_a", "vs/model_b")]
    [InlineData("benchmark refresh v", "vs", "vs/model_a", "vs/model_b")]
    [InlineData("benchmark psi vs/model_b", "vs/model_b")]
    [InlineData("benchmark completion b", "bash")]
    public async Task Completes_in_bash(string typed, params string[] completions) =>
        (await CompleteAsync(typed)).Should().BeEquivalentTo(completions);

    [Fact]
    public async Task Completes_the_id_of_a_run()
    {
        _place.Warehousing("create table a as select 1 as id");
        var id = (await _place.RunAsync("refresh", "vs", "--json")).Json.GetProperty("run_id").GetString()!;

        var completions = await CompleteAsync($"benchmark runs {id[..4]}");

        completions.Should().Equal(id);
    }

    [Theory]
    [InlineData("bash", "complete ")]
    [InlineData("zsh", "compdef ")]
    [InlineData("fish", "complete -c benchmark")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Prints_a_script_for_each_shell(string shell, string registration)
    {
        var result = await _place.RunAsync("completion", shell);

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Contain(registration).And.Contain("[suggest:");
    }

    // Bash itself runs the script, which asks the built program.
    private async Task<string[]> CompleteAsync(string typed)
    {
        var script = _place.InDirectory("completion.bash");
        await File.WriteAllTextAsync(script, (await _place.RunAsync("completion", "bash")).Output);
        using var bash = ChildProcess.Start(
            "bash",
            [
                "-c", $$"""
                benchmark() { dotnet '{{typeof(Terminal).Assembly.Location}}' "$@"; }
                source completion.bash
                COMP_LINE="$1" COMP_POINT=${#1} COMP_WORDS=($1) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _benchmark
                printf '%s\n' "${COMPREPLY[@]}"
                """,
                "bash", typed,
            ],
            new Dictionary<string, string>
            {
                ["BENCHMARK_REGISTRY"] = _place.Registry,
                ["BENCHMARK_STATE"] = _place.State,
            },
            _place.Directory);
        await bash.ExitAsync();
        return bash.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<string> HelpAsync(params string[] args)
    {
        var output = new StringWriter();
        await Root().Parse(args).InvokeAsync(new InvocationConfiguration { Output = output });
        return output.ToString();
    }

    private static RootCommand Root() => BenchmarkCommand.Root(new Terminal(TextWriter.Null, TextWriter.Null));
}
