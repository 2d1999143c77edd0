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

    [Theory]
    [InlineData("Show the last runs", "help")]
    [InlineData("--all", "help", "refresh")]
    [InlineData("benchmark notify test", "help", "notify", "test")]
    [InlineData("1    something in the settings or the registry, whatever else is", "help", "check")]
    [InlineData("130  cancelled", "-h")]
    [InlineData("Usage:", "-?")]
    [InlineData("Usage:", "help", "--help")]
    public async Task Shows_help_in_every_way_that_people_ask_for_it(string expected, params string[] args)
    {
        var result = await RunAsync(args);

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Contain(expected);
    }

    [Theory]
    [InlineData("There is no command 'refreh'. Did you mean 'refresh'?", "help", "refreh")]
    [InlineData("There is no command 'refreh'. Did you mean 'refresh'?", "refreh", "--help")]
    [InlineData("There is no command 'tst'. Did you mean 'test'?", "help", "notify", "tst")]
    [InlineData("There is no command 'hlp'. Did you mean 'help'?", "hlp")]
    public async Task Has_no_help_on_a_command_that_there_is_not(string expected, params string[] args)
    {
        var result = await RunAsync(args);

        result.ExitCode.Should().Be(1);
        result.Output.Should().BeEmpty();
        result.Error.Should().StartWith(expected);
    }

    [Theory]
    [InlineData("--last takes an integer from 1; 'x' is not.", "runs", "--last", "x")]
    [InlineData("--last takes an integer from 1; '0' is not.", "runs", "--last", "0")]
    [InlineData("--to takes an integer from 1; 'x' is not.", "rollback", "a/b", "--to", "x", "--reason", "r")]
    [InlineData("version takes an integer from 1; '-1' is not.", "unpin", "a/b", "--", "-1")]
    [InlineData("--root is empty: name a path, or leave it out.", "models", "--root", "")]
    [InlineData("--registry is empty: name a path, or leave it out.", "check", "--registry", "")]
    [InlineData("--state is empty: name a path, or leave it out.", "runs", "--state", "")]
    public async Task Refuses_what_is_no_number_and_no_path(string expected, params string[] args)
    {
        var result = await RunAsync(args);

        result.ExitCode.Should().Be(1);
        result.Error.Should().StartWith(expected);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("version")]
    public async Task Says_its_version(string word)
    {
        var result = await RunAsync(word);

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
    [InlineData("RABBITMQ_URI amqp://u:hunter2@host/", "'RABBITMQ_URI' is no setting. Write NAME=value.")]
    [InlineData("benchmark_root=x", "there is no setting 'benchmark_root'. Did you mean BENCHMARK_ROOT?")]
    [InlineData("BENCHMARK_ROOT='x", "BENCHMARK_ROOT has no closing '")]
    [InlineData("BENCHMARK_ROOT=\"x\" y", "BENCHMARK_ROOT has no closing \", or something behind it")]
    [InlineData("BENCHMARK_ROOT=~anna/x", "BENCHMARK_ROOT begins with ~ and a name. Write the whole path")]
    [InlineData("BENCHMARK_ROOT=$NOT_SET/x", "BENCHMARK_ROOT needs the environment variable NOT_SET, which is not set")]
    public async Task Says_where_the_settings_of_the_directory_are_wrong(string line, string expected)
    {
        Write(".benchmark.env", $"# Mine\n{line}\n");

        var result = await RunAsync("models");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain($".benchmark.env(2): {expected}").And.NotContain("hunter2");
    }

    [Fact]
    public async Task Says_at_once_all_that_is_wrong_with_the_settings_of_the_directory()
    {
        Write(".benchmark.env", "BENCHMARK_STAT=x\n\nBENCHMARK_ROOT=a\nstate\nexport BENCHMARK_ROOT=b\n");

        var result = await RunAsync("models");

        result.Error.TrimEnd().Split('\n').Should().Equal(
            ".benchmark.env(1): there is no setting 'BENCHMARK_STAT'. Did you mean BENCHMARK_STATE?",
            ".benchmark.env(4): 'state' is no setting. Write NAME=value.",
            ".benchmark.env(5): BENCHMARK_ROOT is already set in line 3. Remove one of them.");
    }

    [Theory]
    [InlineData("BENCHMARK_STATE=plain", "plain")]
    [InlineData("export BENCHMARK_STATE=plain", "plain")]
    [InlineData("BENCHMARK_STATE=two words", "two words")]
    [InlineData("BENCHMARK_STATE=plain # where runs are", "plain")]
    [InlineData("BENCHMARK_STATE='single' # where runs are", "single")]
    [InlineData("BENCHMARK_STATE=\"double\"   # where runs are", "double")]
    [InlineData("BENCHMARK_STATE=a#b", "a#b")]
    [InlineData("BENCHMARK_STATE='a # b $HOME'", "a # b $HOME")]
    [InlineData("BENCHMARK_STATE=\"a # b\"", "a # b")]
    [InlineData("BENCHMARK_STATE=~/kept", "HOME/kept")]
    [InlineData("BENCHMARK_STATE=$HOME/kept", "HOME/kept")]
    [InlineData("BENCHMARK_STATE=\"${HOME}/kept\"", "HOME/kept")]
    [InlineData("BENCHMARK_STATE=\"\\$HOME\"", "$HOME")]
    [InlineData("BENCHMARK_STATE=a$", "a$")]
    [InlineData("BENCHMARK_STATE=", "state")]
    [InlineData("\uFEFFBENCHMARK_STATE=plain\r\n# and no more\r", "plain")]
    public async Task Reads_the_settings_of_the_directory_as_a_shell_does(string line, string expected)
    {
        Write(".benchmark.env", line + "\n");

        using var runs = Start(new() { ["HOME"] = InDirectory("HOME") }, "runs");
        await runs.ExitAsync();

        runs.Error.Should().Contain($" in {InDirectory(expected)}");
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
