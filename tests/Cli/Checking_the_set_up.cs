namespace Benchmark.Cli.Tests;

public sealed class Checking_the_set_up : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

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
    public async Task Asks_the_source_about_every_query()
    {
        _place.Warehousing("create table good as select 1 as id; create table lists as select [1, 2] as numbers");
        _place.Registers(
            "good: {table: good}", "absent: {table: absent}", "lists: {table: lists}", "broken: {query: select frm}");

        var result = await _place.RunAsync("check", "--json");

        result.ExitCode.Should().Be(3);
        result.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("where").GetString())
            .Should().BeEquivalentTo("model vs/absent", "model vs/lists", "model vs/broken");
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
