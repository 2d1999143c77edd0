using System.Text.Json;
using Benchmark.Tests.Support;
using MimeKit;

namespace Benchmark.Cli.Tests;

public sealed class Running_the_demo : IDisposable
{
    private readonly Workplace _place = new();

    private string Demo => _place.InDirectory("demo");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Publishes_every_model_in_the_first_month()
    {
        var result = await RunAsync("--json");

        result.ExitCode.Should().Be(0, result.Error);
        result.Json.GetProperty("state").GetString().Should().Be("completed");
        result.Json.GetProperty("published").GetInt32().Should().Be(6);
        foreach (var model in result.Json.GetProperty("models").EnumerateArray())
            model.GetProperty("version").GetInt32().Should().Be(1);
        foreach (var model
            in (string[])[
                "value_stream_1/model_x", "value_stream_1/model_y", "value_stream_2/model_a", "value_stream_2/model_b"])
            File.ReadLines(InVolume($"{model}/benchmark.csv")).Count().Should().BeGreaterThan(20_000);
        File.Exists(InVolume("value_stream_1/common/shared_data.csv")).Should().BeTrue();
        File.Exists(InVolume("value_stream_2/common/shared_data.csv")).Should().BeTrue();
    }

    [Fact]
    public async Task Shows_a_moved_and_a_rejected_model_in_the_second_month()
    {
        await RunAsync();
        var served = await File.ReadAllBytesAsync(InVolume("value_stream_2/model_b/benchmark.csv"));

        var result = await RunAsync("--json");

        result.ExitCode.Should().Be(0, result.Error);
        var moved = result.Model("model_y");
        moved.GetProperty("outcome").GetString().Should().Be("published");
        moved.GetProperty("worst_drift").GetProperty("band").GetString().Should().Be("moved");
        result.Json.GetProperty("rejected").GetInt32().Should().Be(1);
        result.Model("model_b").GetProperty("reason").GetString().Should().Contain("grade").And.Contain("income");
        result.Model("model_a").GetProperty("outcome").GetString().Should().Be("unchanged");
        (await File.ReadAllBytesAsync(InVolume("value_stream_2/model_b/benchmark.csv"))).Should().Equal(served);
        var kept = InVolume($"value_stream_2/model_b/.rejected/{result.Json.GetProperty("run_id").GetString()}");
        File.Exists(Path.Combine(kept, "benchmark.csv")).Should().BeTrue();
        JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(kept, "checks.json")))
            .RootElement.GetProperty("accepted").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task Refreshes_everything_again_in_the_third_month()
    {
        await RunAsync();
        await RunAsync();

        var result = await RunAsync("--json");

        result.ExitCode.Should().Be(0, result.Error);
        result.Json.GetProperty("rejected").GetInt32().Should().Be(0);
        result.Model("model_b").GetProperty("version").GetInt32().Should().Be(2);
    }

    [Fact]
    public async Task Writes_one_report_per_team()
    {
        await RunAsync();

        var reports = Directory.GetFiles(Path.Combine(Demo, "state", "outbox"), "*.eml")
            .Select(file => MimeMessage.Load(file)).ToList();

        reports.Should().HaveCount(2);
        reports.SelectMany(report => report.To.Mailboxes).Select(mailbox => mailbox.Address)
            .Should().BeEquivalentTo("model-risk@bank.example", "lending@bank.example");
        reports.Should().AllSatisfy(report => report.HtmlBody.Should().Contain("shared_data"));
    }

    [Fact]
    public async Task Makes_the_same_bytes_everywhere()
    {
        await RunAsync();
        await _place.RunAsync("demo", "--dir", _place.InDirectory("again"));

        foreach (var file
            in (string[])["value_stream_1/model_x/benchmark.csv", "value_stream_2/common/shared_data.csv"])
            (await File.ReadAllBytesAsync(InVolume(file)))
                .Should().Equal(await File.ReadAllBytesAsync(_place.InDirectory(Path.Combine("again/efs", file))));
    }

    [Fact]
    public async Task Prints_plain_lines_into_a_pipe()
    {
        var result = await RunAsync();

        result.Output.Should().NotContain("\u001b").And.NotContain("│");
        result.Output.Split('\n')
            .Should().Contain(line => line.StartsWith("value_stream_1/model_x published version 1 rows 24000"));
        result.Output.Should().Contain(".eml");
    }

    [Fact]
    public async Task Prints_next_commands_that_work_when_they_are_pasted()
    {
        var spaced = _place.InDirectory("a demo of it's own");
        var demo = await _place.RunAsync("demo", "--dir", spaced);

        var steps = demo.Error.Split('\n').SkipWhile(line => !line.StartsWith("Next")).Skip(1)
            .TakeWhile(line => line.StartsWith("  ")).ToList();
        var outputs = new List<string>();
        foreach (var step in steps)
        {
            using var pasted = ChildProcess.Start("sh", ["-c", step]);
            (await pasted.ExitAsync()).Should().Be(0, "{0}: {1}", step, pasted.Error);
            outputs.Add(pasted.Output);
        }

        steps.Should().HaveCount(4);
        outputs[1].Should().Contain("value_stream_2/model_b\tversion 1");
        outputs[2].Should().Contain("6 published");
    }

    private Task<CommandResult> RunAsync(params string[] args) => _place.RunAsync(["demo", "--dir", Demo, .. args]);

    private string InVolume(string path) => Path.Combine(Demo, "efs", path);
}
