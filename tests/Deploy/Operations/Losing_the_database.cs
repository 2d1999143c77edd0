using Benchmark.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>What the runbook says of a run database that is lost, or older than the volume.</summary>
public sealed class Losing_the_database(DemoPlace demo) : IClassFixture<DemoPlace>
{
    private readonly DemoCopy _place = demo.Copy();

    [Fact]
    public async Task Forgets_the_runs_and_nothing_else()
    {
        var run = (await _place.ListAsync("benchmark runs"))[0].GetProperty("run_id").GetString();
        var served = await ServedAsync();
        Directory.Delete(_place.State, recursive: true);

        var runs = await _place.RunAsync("benchmark runs");
        var failed = await _place.RunAsync($"benchmark refresh --failed {run}");
        var models = await _place.RunAsync("benchmark models");
        var stillServed = await ServedAsync();
        var refresh = await _place.RunAsync("benchmark refresh value_stream_1/model_x");

        runs.ExitCode.Should().Be(0);
        runs.Error.Should().Contain("No runs yet");
        failed.ExitCode.Should().Be(1);
        failed.Error.Should().Contain($"No run '{run}'");
        models.Output.Should().Contain("no refresh recorded");
        stillServed.Should().Equal(served);
        refresh.ExitCode.Should().Be(0, refresh.ToString());
        (await _place.ListAsync("benchmark runs")).Should().HaveCount(1);
    }

    [Fact(Timeout = 300_000)]
    public async Task Keeps_the_schedules_that_have_started_on_the_volume()
    {
        await _place.UpUntilAsync(() => ClosedAsync("schedule"));
        Directory.Delete(_place.State, recursive: true);

        // The next start would start the slot before it does anything else.
        await _place.UpUntilAsync(async () =>
            (await _place.RunAsync("benchmark refresh value_stream_1/model_x")).ExitCode == 0);

        (await _place.ListAsync("benchmark runs")).Select(run => run.GetProperty("trigger").GetString())
            .Should().Equal("operator");
    }

    [Fact(Timeout = 300_000)]
    public async Task Sends_a_report_again_that_waited_in_an_older_database()
    {
        using var refresh = _place.Start(
            "benchmark refresh value_stream_1/model_x", ("SMTP_URI", $"smtp://127.0.0.1:{FreePort.Find()}"));
        (await refresh.ExitAsync()).Should().Be(0);
        refresh.Output.Should().Contain("is retried later");
        var run = (await _place.ListAsync("benchmark runs"))[0].GetProperty("run_id").GetString()!;
        Copy(_place.Database, $"{_place.Database}.backup");
        await _place.UpUntilAsync(() => Task.FromResult(Reports(run).Count == 1));

        File.Delete(Reports(run).Single());
        Copy($"{_place.Database}.backup", _place.Database);
        await _place.UpUntilAsync(() => Task.FromResult(Reports(run).Count == 1));

        (await _place.RunAsync($"benchmark runs {run}")).Output.Should().Contain("report to model-risk@bank.example:");
    }

    // What is known of each model, but for how its last refresh ended, which only the database knows.
    private async Task<IReadOnlyList<string>> ServedAsync() =>
        [.. (await _place.ListAsync("benchmark models")).Select(model => string.Join('\n', model.EnumerateObject()
            .Where(fact => fact.Name != "last_refresh").Select(fact => fact.ToString())))];

    // As .backup and .restore of sqlite3 do.
    private static void Copy(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from};Pooling=false");
        using var target = new SqliteConnection($"Data Source={to};Pooling=false");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }

    private string[] Outbox => Directory.GetFiles(Path.Combine(_place.State, "outbox"), "*.eml");

    private IReadOnlyList<string> Reports(string run) => [.. Outbox.Where(mail => mail.Contains(run))];

    private async Task<bool> ClosedAsync(string trigger) => (await _place.ListAsync("benchmark runs")).Any(run =>
        run.GetProperty("trigger").GetString() == trigger && run.GetProperty("state").GetString() == "completed");
}
