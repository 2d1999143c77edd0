using System.Text.Json;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

public sealed class Checking_the_set_up : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Says_that_the_driver_of_Snowflake_is_damaged()
    {
        Directory.CreateDirectory(_place.InDirectory("driver"));
        _place.Write("driver/Snowflake.Data.dll", ["no assembly"]);
        await File.WriteAllTextAsync(_place.Registry, """
            version: 1
            sources: {snowflake: {kind: snowflake, connection: "account=a;user=u;authenticator=oauth;token=t"}}
            value_streams: {vs: {models: {a: {table: A}}}}
            """);

        var environment = new Dictionary<string, string> { ["SNOWFLAKE_DRIVER"] = _place.InDirectory("driver") };
        using var check = _place.Start(environment, "check");
        await check.ExitAsync();

        check.Output.Should().Contain("driver/Snowflake.Data.dll cannot be loaded: a file of it is missing, damaged")
            .And.Contain("Publish the driver anew");
    }

    [Theory]
    [InlineData("fetch_timeout: 30m", "fetch_timeout is 00:30:00, and the broker takes a message back after 00:30:00")]
    [InlineData(
        "fetch_timeout: 20m, ready: select true, ready_timeout: 15m",
        "fetch_timeout and ready_timeout together are 00:35:00, and the broker takes a message back after 00:30:00")]
    [InlineData("fetch_timeout: 20m, ready_timeout: 15m", null)]
    public async Task Says_which_models_take_longer_than_the_broker_waits(string settings, string? problem)
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers($"a: {{table: a, {settings}}}");

        var check = await _place.RunAsync("check", "--broker", "amqp://benchmark:hunter2@127.0.0.1:1/");

        if (problem is null)
            check.Output.Should().NotContain("consumer_timeout");
        else
            check.Output.Should().Contain(problem);
    }

    [Fact]
    public async Task Finds_nothing_wrong_where_nothing_is()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");

        var result = await _place.RunAsync("check", "--json");

        result.ExitCode.Should().Be(0, result.Output);
        result.Json.GetProperty("ok").GetBoolean().Should().BeTrue();
        result.Json.GetProperty("problems").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Names_every_mistake_of_a_registry_at_once()
    {
        await File.WriteAllTextAsync(_place.Registry, """
            version: 2
            defaults:
              treshold: 0.05
              schedule: "every day"
              time_zone: Mars/Olympus
            sources:
              w: {kind: duckbd, connection: "x"}
            value_streams:
              vs:
                models:
                  a: {table: a, query: select 1}
                  b: {table: b, keep_versions: many}
                  c: {table: c, columns: {x: {type: integr}}}
                  "../../etc": {table: d}
                  e: {table: e, source: warehous}
            """);

        var result = await _place.RunAsync("check", "--json");

        result.ExitCode.Should().Be(1);
        var problems = result.Json.GetProperty("problems").EnumerateArray().ToList();
        string[] about =
        [
            "version", "treshold", "every day", "Mars/Olympus", "duckbd", "more than one of table", "many", "integr",
            "../../etc", "warehous",
        ];
        foreach (var word in about)
            problems.Should().Contain(problem => problem.GetProperty("problem").GetString()!.Contains(word), word);
        problems.Should().AllSatisfy(problem =>
        {
            problem.GetProperty("where").GetString().Should().Be(_place.Registry);
            problem.GetProperty("line").GetInt32().Should().BePositive();
            problem.GetProperty("column").GetInt32().Should().BePositive();
        });
    }

    [Fact]
    public async Task Names_a_database_file_that_is_not_there()
    {
        _place.Registers("a: {table: a}");

        var result = await _place.RunAsync("check");

        result.ExitCode.Should().Be(3);
        result.Output.Should().Contain(_place.Warehouse);
    }

    [Fact]
    public async Task Tells_a_volume_and_a_state_directory_that_cannot_be_written()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");
        _place.Volume = Path.Combine(_place.Registry, "efs");
        _place.State = Path.Combine(_place.Registry, "state");

        var result = await _place.RunAsync("check", "--json");

        result.ExitCode.Should().Be(3);
        result.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("where").GetString())
            .Should().Equal(_place.Volume, _place.State);
    }

    [Fact]
    public async Task Names_a_model_whose_readers_do_not_see_its_highest_version()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");
        await _place.RunAsync("refresh", "vs/a");
        // As an editor saves: a new file under the name, not the version's own.
        var benchmark = _place.OnVolume("vs/a/benchmark.csv");
        File.Copy(benchmark, $"{benchmark}~");
        File.Move($"{benchmark}~", benchmark, overwrite: true);

        var check = await _place.RunAsync("check");
        var models = await _place.RunAsync("models", "--json");

        const string problem = "benchmark.csv is not the file of version 1, which is the highest.";
        check.ExitCode.Should().Be(3);
        check.Output.Should().Contain(problem).And.Contain("benchmark refresh vs/a");
        models.Json[0].GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString())
            .Should().Equal(problem);
    }

    [Fact]
    public async Task Names_models_that_share_a_directory_by_a_link()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}", "b: {table: a}", "c: {table: a}");
        await _place.RunAsync("refresh", "vs/a", "vs/c");
        Directory.CreateSymbolicLink(_place.OnVolume("vs/b"), _place.OnVolume("vs/a"));

        var check = await _place.RunAsync("check");

        check.ExitCode.Should().Be(3);
        check.Output.Should().Contain("vs/a and vs/b have one directory, by a symbolic link")
            .And.NotContain("vs/c and").And.NotContain("and vs/c");
    }

    [Fact]
    public async Task Names_a_schedule_that_a_wrong_clock_made_stand_still()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");
        Directory.CreateDirectory(_place.OnVolume(".benchmark"));
        await File.WriteAllTextAsync(
            _place.OnVolume(".benchmark/slots.json"), """{ "0 0 1 * * UTC": "2199-01-01T00:00:00Z" }""");

        var check = await _place.RunAsync("check");

        check.ExitCode.Should().Be(3);
        check.Output.Should().Contain("0 0 1 * * UTC").And.Contain("2199-01-01").And.Contain("clock");
    }

    [Fact]
    public async Task Says_as_whom_it_cannot_write_the_volume_and_what_to_do()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");
        Directory.CreateDirectory(_place.Volume);
        ChildProcess.Run("chmod", ["755", _place.Directory]);
        ChildProcess.Run("chmod", ["555", _place.Volume]);

        // As OpenShift runs it: a uid that no file belongs to, gid 0. Root is refused nothing.
        using var check = Environment.IsPrivilegedProcess
            ? _place.StartAs("1000660000", "check", "--json") : _place.Start("check", "--json");
        await check.ExitAsync();

        var problem = JsonDocument.Parse(check.Output).RootElement.GetProperty("problems").EnumerateArray()
            .Single(found => found.GetProperty("where").GetString() == _place.Volume)
            .GetProperty("problem").GetString();
        problem.Should().MatchRegex(
            @"This process runs as \d+:\d+ \(uid:gid\)\. .*/efs belongs to \d+:\d+, mode 0555\. .*posix user");
        if (Environment.IsPrivilegedProcess)
            problem.Should().Contain("runs as 1000660000:0 (uid:gid)").And.Contain("belongs to 0:0,");
    }

    [Theory]
    [InlineData("nfs", true)]
    [InlineData("nfs4", true)]
    [InlineData("cifs", true)]
    [InlineData("ext4", false)]
    [InlineData("overlay", false)]
    public void Knows_a_network_file_system_by_its_kind(string kind, bool isNetwork)
    {
        var asked = "";

        var found = NetworkFileSystem.Of("/proc/self/no/such/state", directory =>
        {
            asked = directory;
            return kind;
        });

        found.Should().Be(isNetwork ? kind : null);
        asked.Should().Be("/proc/self");
        NetworkFileSystem.Of(_place.Directory).Should().BeNull("tests do not run on a network file system");
    }

    [Fact]
    public async Task Checks_the_registry_alone_without_any_secret()
    {
        await File.WriteAllTextAsync(_place.Registry, """
            {version: 1, defaults: {notify: {slack: true}},
            sources: {w: {kind: postgres, connection: "Host=127.0.0.1;Port=1;Password=${NOT_SET_ANYWHERE}"}},
            value_streams: {vs: {models: {a: {table: a}}}}}
            """);
        _place.Volume = Path.Combine(_place.Registry, "efs");
        _place.State = Path.Combine(_place.Registry, "state");

        var offline = await _place.RunAsync("check", "--offline", "--broker", "amqp://127.0.0.1:1/");
        var online = await _place.RunAsync("check");

        offline.ExitCode.Should().Be(0, offline.Output);
        offline.Output.Trim().Should().Be("ok: the registry is valid");
        online.ExitCode.Should().Be(1);
        online.Output.Should().Contain(
            $"{_place.Registry}(2,31): environment variable NOT_SET_ANYWHERE is not set; the connection of source 'w' "
            + "needs it, and vs/a reads from it. Set NOT_SET_ANYWHERE, or give the model another source.");
        online.Output.Should().NotContain("source w:", "it is named once");
    }

    [Fact]
    public async Task Finds_a_wrong_registry_offline()
    {
        _place.Registers("a: {table: a, schedule: \"0 0 31 2 *\"}");

        var result = await _place.RunAsync("check", "--offline");

        result.ExitCode.Should().Be(1);
        result.Output.Should().MatchRegex(
            @"models\.yaml\(\d+,\d+\): '0 0 31 2 \*' never fires: no year has such a day\.");
    }

    [Fact]
    public async Task Refuses_a_CronJob_that_leaves_a_schedule_uncovered()
    {
        _place.Registers("a: {table: a, time_zone: America/New_York}", "b: {table: b}");

        var monthly = await _place.RunAsync("check", "--offline", "--cron", "0 0 1 * *", "--json");
        var often = await _place.RunAsync("check", "--offline", "--cron", "*/15 * * * *");

        monthly.ExitCode.Should().Be(1);
        var problem = monthly.Json.GetProperty("problems").EnumerateArray().Should().ContainSingle().Subject;
        problem.GetProperty("where").GetString().Should().Be("--cron '0 0 1 * *' --time-zone UTC");
        problem.GetProperty("problem").GetString().Should().StartWith(
            "the schedule '0 0 1 * *' America/New_York of vs/a is not covered: its slot of ");
        problem.GetProperty("hint").GetString().Should().Contain("'*/15 * * * *'");
        often.ExitCode.Should().Be(0, often.Output);
    }

    [Theory]
    [InlineData("--cron: '0 25 1 * *' is not a cron expression: hours must be", "--cron", "0 25 1 * *")]
    [InlineData("--cron: '0 0 31 2 *' never fires", "--cron", "0 0 31 2 *")]
    [InlineData("Kubernetes knows no L, W or #", "--cron", "0 0 L * *")]
    [InlineData("write 0 for Sunday", "--cron", "0 0 1 * 7")]
    [InlineData("no range that ends before it begins, as 22-2 does", "--cron", "0 22-2 * * *")]
    [InlineData("Did you mean 'Europe/Zurich'?", "--cron", "0 0 1 * *", "--time-zone", "Europe/Zurick")]
    [InlineData("--time-zone belongs to --cron", "--time-zone", "UTC")]
    public async Task Refuses_options_that_are_no_CronJob(string reason, params string[] options)
    {
        _place.Registers("a: {table: a}");

        var result = await _place.RunAsync(["check", "--offline", .. options]);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(reason);
    }

    [Theory]
    [InlineData("@monthly")]
    [InlineData("0 0 1 JUL,AUG WED")]
    public async Task Takes_the_words_of_a_CronJob(string cron)
    {
        _place.Registers($"a: {{table: a, schedule: \"{cron}\"}}");

        var result = await _place.RunAsync("check", "--offline", "--cron", cron);

        result.ExitCode.Should().Be(0, result.Error);
    }

    [Fact]
    public async Task Names_settings_that_mean_nothing()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");

        var result = await _place.RunAsync("check", "--database", "hunter2", "--json");

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("BENCHMARK_DATABASE").And.NotContain("hunter2");
    }

    [Fact]
    public async Task Tells_a_broker_that_is_not_there_without_its_password()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");

        var check = await _place.RunAsync("check", "--broker", "amqp://benchmark:hunter2@127.0.0.1:1/");
        var refresh = await _place.RunAsync("refresh", "--all", "--broker", "amqp://benchmark:hunter2@127.0.0.1:1/");

        check.ExitCode.Should().Be(3);
        check.Output.Should().Contain("127.0.0.1:1").And.Contain("RABBITMQ_URI").And.NotContain("hunter2");
        check.Output.Should().Contain("Connection refused. Start it, or ");
        refresh.ExitCode.Should().Be(3);
        refresh.Error.Should().Contain("127.0.0.1:1").And.Contain("RABBITMQ_URI").And.NotContain("hunter2");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("refresh", "--all")]
    [InlineData("up")]
    public async Task Refuses_an_address_that_is_no_broker(params string[] command)
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");

        var result = await _place.RunAsync([.. command, "--broker", "hunter2"]);

        result.ExitCode.Should().Be(1);
        (result.Output + result.Error)
            .Should().Contain("amqp[s]://user:password@host:port/vhost").And.NotContain("hunter2");
    }
}
