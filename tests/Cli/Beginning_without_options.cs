using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

/// <summary>The built program in a directory of somebody who has read nothing yet.</summary>
public sealed class Beginning_without_options : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-begin-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("Usage:")]
    [InlineData("Usage:", "notify")]
    public async Task Shows_help_where_only_a_command_is_missing(string expected, params string[] args)
    {
        var result = await RunAsync(args);

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain(expected);
        result.Error.Trim().Should().BeEmpty();
    }

    [Theory]
    [InlineData("There is no command 'refreh'. Did you mean 'refresh'?", "refreh", "--all")]
    [InlineData("There is no command 'tst'. Did you mean 'test'?", "notify", "tst")]
    [InlineData("There is no option --al. Did you mean '--all'?", "refresh", "--al")]
    [InlineData("There is no option --moed. Did you mean '--moved'?", "models", "--moed")]
    [InlineData("There is no option --out. Did you mean '--output'?", "init", "--out", "x")]
    [InlineData("See benchmark init --help.", "init", "--out", "x")]
    [InlineData("There is no option --vesion. Did you mean '--version'?", "--vesion")]
    public async Task Says_what_was_probably_meant(string expected, params string[] args)
    {
        var result = await RunAsync(args);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(expected);
    }

    [Fact]
    public async Task Says_its_version()
    {
        var result = await RunAsync("--version");

        result.ExitCode.Should().Be(0);
        result.Output.Trim().Should().MatchRegex(@"^\d+\.\d+\.\d+");
    }

    [Fact(Timeout = 120_000)]
    public async Task Says_what_is_next_in_lines_that_can_be_pasted_one_by_one()
    {
        Write("loans.csv", "id,x\n1,2\n2,3\n");

        var init = await RunAsync("init", "loans.csv");
        var pasted = Commands(init.Error);
        var codes = new List<int>();
        foreach (var line in pasted)
            codes.Add(await PasteAsync(line));

        pasted.Should().HaveCount(3);
        pasted[0].Should().Be("mv models.draft.yaml models.yaml");
        codes.Should().AllBeEquivalentTo(0);
        File.ReadAllText(InDirectory("efs/value_stream_1/loans/benchmark.csv")).Should().Be("id,x\n1,2\n2,3\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task Puts_no_draft_in_the_place_of_a_registry()
    {
        Write("loans.csv", "id,x\n1,2\n2,3\n");
        Write("models.yaml", "version: 1\nvalue_streams: {vs: {models: {m: {table: A.B}}}}\n");

        var init = await RunAsync("init", "loans.csv");

        init.Error.Should().Contain("There is a registry already: copy the draft's sources and models into");
        Commands(init.Error).Should().NotContain(line => line.StartsWith("mv"));
        (await PasteAsync(Commands(init.Error)[0])).Should().Be(0);
    }

    [Fact]
    public async Task Refreshes_what_is_beside_a_registry()
    {
        Write("data.csv", "id,x\n1,2\n");
        Write("models.yaml", """
            version: 1
            sources:
              files: {kind: duckdb, connection: "Data Source=:memory:", files: [data.csv]}
            value_streams:
              vs:
                models:
                  m: {source: files, query: "SELECT * FROM read_csv('data.csv')"}
            """);

        var check = await RunAsync("check");
        var refresh = await RunAsync("refresh", "--all");

        check.ExitCode.Should().Be(0, check.Output + check.Error);
        refresh.ExitCode.Should().Be(0, refresh.Output + refresh.Error);
        refresh.Error.Should().Contain("--root (BENCHMARK_ROOT) names another");
        File.ReadAllText(InDirectory("efs/vs/m/benchmark.csv")).Should().Be("id,x\n1,2\n");
    }

    [Fact]
    public async Task Speaks_of_the_registry_first_where_there_is_none()
    {
        var result = await RunAsync("refresh", "--all");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("there is no registry here. 'benchmark init' drafts one");
        Directory.Exists(InDirectory("efs")).Should().BeFalse();
    }

    [Fact]
    public async Task Shows_no_model_on_a_volume_that_is_not_there()
    {
        Write("models.yaml", "version: 1\nvalue_streams: {vs: {models: {m: {table: A.B}}}}\n");

        var result = await RunAsync("models", "--root", "elsewhere");

        result.ExitCode.Should().Be(3);
        result.Error.Should().Contain("There is no directory");
    }

    [Fact]
    public async Task Makes_no_volume_that_somebody_has_named()
    {
        Write("models.yaml", "version: 1\nvalue_streams: {vs: {models: {m: {table: A.B}}}}\n");

        var result = await RunAsync("refresh", "--all", "--root", "elsewhere");

        result.ExitCode.Should().Be(3);
        Directory.Exists(InDirectory("elsewhere")).Should().BeFalse();
    }

    [Fact]
    public async Task Takes_the_settings_of_the_directory_and_those_of_the_environment_before_them()
    {
        Write(".benchmark.env", """
            # Of this directory.
            BENCHMARK_STATE = "./kept here"

            BENCHMARK_REGISTRY='registry'
            """);

        var ofDirectory = await RunAsync("runs");
        using var ofEnvironment = Start(new() { ["BENCHMARK_STATE"] = "elsewhere" }, "runs");
        await ofEnvironment.ExitAsync();

        ofDirectory.Error.Should().Contain(InDirectory("kept here"));
        ofEnvironment.Error.Should().Contain(InDirectory("elsewhere"));
        (await RunAsync("models")).Error.Should().Contain("registry: there is no registry here");
    }

    [Theory]
    [InlineData("BENCHMARK_STAT=x", "there is no setting 'BENCHMARK_STAT'. Did you mean BENCHMARK_STATE?")]
    [InlineData("state", "'state' is no setting. Write NAME=value.")]
    public async Task Says_where_the_settings_of_the_directory_are_wrong(string line, string expected)
    {
        Write(".benchmark.env", $"# Mine\n{line}\n");

        var result = await RunAsync("models");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain($".benchmark.env(2): {expected}");
    }

    private static string[] Commands(string text) =>
        [.. text.Split('\n').Where(line => line.StartsWith("  ")).Select(line => line.Trim())];

    private async Task<int> PasteAsync(string line)
    {
        using var shell = ChildProcess.Start("sh", ["-c", line], new Dictionary<string, string>(), _directory.FullName);
        return await shell.ExitAsync();
    }

    private string InDirectory(string name) => Path.Combine(_directory.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(InDirectory(name), text);

    private async Task<CommandResult> RunAsync(params string[] args)
    {
        using var process = Start([], args);
        var exitCode = await process.ExitAsync();
        return new CommandResult(exitCode, process.Output, process.Error);
    }

    private ChildProcess Start(Dictionary<string, string> environment, params string[] args) =>
        ChildProcess.Start("dotnet", [typeof(Terminal).Assembly.Location, .. args], environment, _directory.FullName);
}
