using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

/// <summary>Real shells, which ask the built program.</summary>
[NeedsZsh, NeedsFish]
public sealed class Completing_in_a_shell : IDisposable
{
    private readonly Workplace _place = new();

    public Completing_in_a_shell()
    {
        _place.Registers("model_a: {table: a}", "model_b: {table: a}");
        var program = _place.Write(
            "benchmark", ["#!/bin/sh", $"exec dotnet '{typeof(Terminal).Assembly.Location}' \"$@\""]);
        ChildProcess.Run("chmod", ["+x", program]);
    }

    public void Dispose() => _place.Dispose();

    [Theory(Timeout = 120_000)]
    [InlineData("benchmark ref", "refresh")]
    [InlineData("benchmark refresh --dry", "--dry-run")]
    [InlineData("benchmark refresh vs/model_a v", "vs", "vs/model_a", "vs/model_b")]
    [InlineData("cd /tmp; benchmark refresh vs/model_b", "vs/model_b")]
    [InlineData("benchmark help notify t", "test")]
    [InlineData("benchmark psi vs/model_b mod", "models.yaml")]
    public async Task Completes_in_fish(string typed, params string[] completions)
    {
        await ScriptAsync("fish");

        var found = await RunAsync("fish", ["--no-config", "-c", "source script; complete -C $argv[1]", typed]);

        // Behind a tab is what a completion means.
        found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0])
            .Should().BeEquivalentTo(completions, found.Error);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("benchmark ref", "benchmark refresh ")]
    [InlineData("benchmark refresh --dry", "benchmark refresh --dry-run ")]
    [InlineData("benchmark refresh vs/mod", "benchmark refresh vs/model_")]
    [InlineData("cd /tmp; benchmark refresh vs/model_a --dry", "cd /tmp; benchmark refresh vs/model_a --dry-run ")]
    [InlineData("benchmark help notify t", "benchmark help notify test ")]
    [InlineData("benchmark psi vs/model_b mod", "benchmark psi vs/model_b models.yaml ")]
    public async Task Completes_in_zsh(string typed, string completed)
    {
        await ScriptAsync("zsh");

        var found = await RunAsync(
            "zsh",
            [
                "-fc", """
                zmodload zsh/zpty
                zpty typing zsh -fi
                show='show() { print -r -- "<$BUFFER>"; zle .kill-buffer }; zle -N show; bindkey "^X" show'
                zpty -w typing "autoload -U compinit; compinit -u -D; source script; $show; print set-up"
                zpty -r -m typing out $'*\nset-up*'
                zpty -w -n typing "$1"$'\t\x18'
                zpty -r -m typing out '*<*>*'
                print -r -- "${out##*<}"
                """,
                "zsh", typed,
            ]);

        found.Output.Split('>')[0].Should().Be(completed, found.Error);
    }

    private async Task ScriptAsync(string shell) =>
        await File.WriteAllTextAsync(_place.InDirectory("script"), (await _place.RunAsync("completion", shell)).Output);

    private async Task<CommandResult> RunAsync(string shell, string[] arguments)
    {
        using var process = ChildProcess.Start(
            Path.Combine(DebianPackage.DirectoryOf(shell, shell), shell), arguments,
            new Dictionary<string, string>
            {
                ["PATH"] = $"{_place.Directory}:{Environment.GetEnvironmentVariable("PATH")}",
                ["BENCHMARK_REGISTRY"] = _place.Registry,
                ["HOME"] = _place.Directory,
                ["TERM"] = "xterm",
            },
            _place.Directory);
        var exitCode = await process.ExitAsync();
        return new CommandResult(exitCode, process.Output, process.Error);
    }
}

/// <summary>Debian's zsh.</summary>
internal sealed class NeedsZshAttribute : NeedsAttribute
{
    public override string? WhyNot => DebianPackage.WhyNot("zsh", "zsh");
}

/// <summary>Debian's fish.</summary>
internal sealed class NeedsFishAttribute : NeedsAttribute
{
    public override string? WhyNot => DebianPackage.WhyNot("fish", "fish");
}
