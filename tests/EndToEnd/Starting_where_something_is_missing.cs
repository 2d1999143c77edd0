using System.Net;
using System.Net.Sockets;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>Services as processes of their own, whose broker is never there.</summary>
public sealed class Starting_where_something_is_missing : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-start-");
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Find()}") };
    private readonly Dictionary<string, string> _environment;

    public Starting_where_something_is_missing()
    {
        _environment = new()
        {
            ["RABBITMQ_URI"] = "amqp://benchmark:hunter2@127.0.0.1:1/",
            ["BENCHMARK_ROOT"] = Directory.CreateDirectory(InDirectory("efs")).FullName,
            ["BENCHMARK_REGISTRY"] = InDirectory("models.yaml"),
            ["BENCHMARK_STATE"] = InDirectory("state"),
            ["ASPNETCORE_URLS"] = _http.BaseAddress!.OriginalString,
            ["Pages__Address"] = "http://127.0.0.1:0",
        };
    }

    public void Dispose()
    {
        _http.Dispose();
        _directory.Delete(recursive: true);
    }

    [Theory(Timeout = 300_000)]
    [InlineData("Scheduler")]
    [InlineData("Fetcher")]
    [InlineData("Validator")]
    [InlineData("Publisher")]
    [InlineData("Notifier")]
    public async Task Is_alive_says_what_is_wrong_with_its_registry_and_goes_on_once_it_is_mended(string service)
    {
        Registers("""
            version: 1
            sources: {risk: {kind: postgres, connection: "Host=db;Password=pa55word"}}
            value_streams: {vs: {models: {a: {table: a, treshold: 1, schedule: monthly}}}}
            """);
        using var process = Start(service);

        await UntilNotReadyAsync(process, "registry: ");
        var live = await _http.GetAsync("/health/live");
        var broken = await ReadyAsync();
        // Nobody sets the variable: only the Fetcher would need it, and only for a fetch.
        Registers("""
            version: 1
            sources: {risk: {kind: postgres, connection: "Host=db;Password=${NOT_SET_ANYWHERE}"}}
            value_streams: {vs: {models: {a: {table: a}}}}
            """);
        await UntilAsync(process, async () => !(await ReadyAsync()).Contains("registry: ")
            && (service != "Fetcher" || process.Output.Contains("NOT_SET_ANYWHERE is not set")));
        var exitCode = await process.EndAsync();

        live.StatusCode.Should().Be(HttpStatusCode.OK);
        broken.Split('\n').Count(line => line.StartsWith("registry: ", StringComparison.Ordinal)).Should().Be(2);
        broken.Should().Contain("Did you mean 'threshold'?").And.Contain("1 field instead of 5")
            .And.NotContain("pa55word").And.NotContain("hunter2");
        exitCode.Should().Be(0, process.Output);
        process.Output.Should().NotContain("pa55word").And.NotContain("hunter2").And.NotContain("\"stack\"");
        process.Output.Contains("environment variable NOT_SET_ANYWHERE is not set").Should().Be(service == "Fetcher");
    }

    [Fact(Timeout = 300_000)]
    public async Task Ends_in_order_when_it_is_told_to_while_its_registry_is_invalid()
    {
        Registers("version: 1\nvalue_streems: {}\n");
        using var process = Start("Fetcher");
        await UntilNotReadyAsync(process, "registry: ");

        var exitCode = await process.EndAsync();

        exitCode.Should().Be(0, process.Output);
        process.Error.Trim().Should().BeEmpty();
        process.Output.Should().NotContain("\"stack\"").And.NotContain("Hosting failed");
    }

    [Fact(Timeout = 300_000)]
    public async Task Starts_no_run_once_with_a_registry_that_is_invalid()
    {
        Registers("version: 1\nvalue_streems: {}\n");

        using var once = Start("Scheduler", "--once");
        var exitCode = await once.ExitAsync();

        exitCode.Should().Be(1, once.Output);
        once.Output.Should().Contain("Did you mean 'value_streams'?").And.Contain("No run started")
            .And.NotContain("\"stack\"");
    }

    [Theory(Timeout = 300_000)]
    [InlineData("Scheduler")]
    [InlineData("Fetcher")]
    [InlineData("Validator")]
    [InlineData("Publisher")]
    [InlineData("Notifier")]
    public async Task Ends_where_there_is_no_volume_and_makes_none(string service)
    {
        Registers("version: 1\nvalue_streams: {vs: {models: {a: {table: a}}}}\n");
        _environment["BENCHMARK_ROOT"] = InDirectory("nowhere");

        using var process = Start(service);
        var exitCode = await process.ExitAsync();

        exitCode.Should().Be(3, process.Output);
        process.Error.Trim().Should().Be(
            $"There is no directory {InDirectory("nowhere")}, where the volume should be. Mount it, make the "
            + "directory, or name another with BENCHMARK_ROOT (--root).");
        process.Output.Should().NotContain("\"stack\"");
        Directory.Exists(InDirectory("nowhere")).Should().BeFalse();
    }

    [Fact(Timeout = 300_000)]
    public async Task Is_not_ready_to_start_runs_on_a_volume_that_nobody_has_taken_and_marks_none()
    {
        Registers("version: 1\nvalue_streams: {vs: {models: {a: {table: a}}}}\n");
        using var scheduler = Start("Scheduler");

        await UntilNotReadyAsync(scheduler, "volume: ");
        var ready = await ReadyAsync();
        await UntilAsync(scheduler, () => Task.FromResult(scheduler.Output.Contains("No run started. The volume")));
        var entries = Directory.GetFileSystemEntries(_environment["BENCHMARK_ROOT"]);
        Installation.Make(new VolumeLayout(_environment["BENCHMARK_ROOT"]));
        await UntilAsync(scheduler, async () => !(await ReadyAsync()).Contains("volume: "));

        ready.Should().Contain("benchmark volume accept");
        entries.Should().BeEmpty();
        (await scheduler.EndAsync()).Should().Be(0, scheduler.Output);
    }

    [Fact(Timeout = 300_000)]
    public async Task Names_a_volume_and_a_database_that_are_not_there()
    {
        Registers("version: 1\nvalue_streams: {vs: {models: {a: {table: a}}}}\n");
        var volume = _environment["BENCHMARK_ROOT"];
        _environment["BENCHMARK_DATABASE"] = "Host=127.0.0.1;Port=1;Database=runs;Username=u;Password=pa55word";
        using var process = Start("Notifier");

        await UntilNotReadyAsync(process, "broker: ");
        // As a mount that is lost while the service runs.
        Directory.Delete(volume, recursive: true);
        await UntilNotReadyAsync(process, "volume: ");
        var ready = await ReadyAsync();
        await UntilAsync(process, () => Task.FromResult(process.Output.Contains("Until it is back")));
        var exitCode = await process.EndAsync();

        ready.Should().Contain($"volume: There is no directory {volume}, where the volume should be.")
            .And.Contain("BENCHMARK_ROOT")
            .And.Contain("runs: The Notifier's database 127.0.0.1/runs (BENCHMARK_DATABASE, --database) cannot be ")
            .And.Contain("broker: The broker at 127.0.0.1:1/ refuses the connection");
        (ready + process.Output).Should().NotContain("pa55word").And.NotContain("hunter2");
        process.Output.Should().NotContain("\"stack\"");
        exitCode.Should().Be(0, process.Output);
    }

    [Fact(Timeout = 300_000)]
    public async Task Names_a_broker_and_a_database_that_do_not_answer()
    {
        Registers("version: 1\nvalue_streams: {vs: {models: {a: {table: a}}}}\n");
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        _environment["RABBITMQ_URI"] = $"amqp://benchmark:hunter2@127.0.0.1:{port}/";
        _environment["BENCHMARK_DATABASE"] = $"Host=127.0.0.1;Port={port};Database=runs;Username=u;Password=pa55word";
        using var process = Start("Notifier");

        await UntilNotReadyAsync(process, "broker: ");
        var ready = await ReadyAsync();
        await process.KillAsync();

        ready.Should().Contain("broker: it does not answer within 3 s. Check its address and the network between.")
            .And.Contain("runs: it does not answer within 3 s.");
    }

    [Fact(Timeout = 300_000)]
    public async Task Says_in_one_line_that_its_port_is_taken()
    {
        Registers("version: 1\nvalue_streams: {vs: {models: {a: {table: a}}}}\n");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        _environment["ASPNETCORE_URLS"] = $"http://{taken.LocalEndpoint}";

        using var process = Start("Validator");
        var exitCode = await process.ExitAsync();

        exitCode.Should().Be(3);
        process.Error.Trim().Should().Be(
            $"Failed to bind to address http://{taken.LocalEndpoint}: address already in use. Stop what listens there, "
            + "or name another address with ASPNETCORE_URLS or --urls, for example --urls http://localhost:8090.");
        process.Output.Should().NotContain("\"stack\"");
    }

    [Fact(Timeout = 300_000)]
    public async Task Names_every_setting_that_is_not_allowed()
    {
        Registers("version: 1\nvalue_streams: {vs: {models: {a: {table: a}}}}\n");
        _environment["Validator__MemoryMegabytes"] = "1";
        _environment["Registry__PollInterval"] = "00:00:00";

        using var process = Start("Validator");
        var exitCode = await process.ExitAsync();

        exitCode.Should().Be(1, process.Error);
        process.Error.Should().Contain("MemoryMegabytes").And.Contain("PollInterval").And.NotContain("   at ");
    }

    [Fact(Timeout = 300_000)]
    public async Task Refuses_an_address_of_telemetry_that_is_none()
    {
        Registers("version: 1\nvalue_streams: {vs: {models: {a: {table: a}}}}\n");
        _environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "datadog-agent:4317";

        using var process = Start("Validator");
        var exitCode = await process.ExitAsync();

        exitCode.Should().Be(1, process.Error);
        process.Error.Should().Contain("OTEL_EXPORTER_OTLP_ENDPOINT is 'datadog-agent:4317'").And.Contain("http");
    }

    [Fact(Timeout = 300_000)]
    public async Task Refuses_an_address_that_is_none()
    {
        Registers("version: 1\nvalue_streams: {vs: {models: {a: {table: a}}}}\n");

        using var process = Start("Validator", "--urls", "elsewhere");
        var exitCode = await process.ExitAsync();

        exitCode.Should().Be(1, process.Error);
        process.Error.Trim().Should().Contain("'elsewhere'").And.Contain("--urls").And.NotContain("\n");
    }

    private string InDirectory(string name) => Path.Combine(_directory.FullName, name);

    private void Registers(string yaml) => File.WriteAllText(InDirectory("models.yaml"), yaml);

    private ChildProcess Start(string service, params string[] arguments) =>
        ChildProcess.StartDotnet($"Benchmark.{service}.dll", arguments, _environment);

    private Task UntilNotReadyAsync(ChildProcess process, string reason) => UntilAsync(process, async () =>
    {
        try
        {
            return (await ReadyAsync()).Contains($"\n{reason}", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    });

    private async Task<string> ReadyAsync()
    {
        var answer = await _http.GetAsync("/health/ready");
        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, "there is no broker");
        return await answer.Content.ReadAsStringAsync();
    }

    private static Task UntilAsync(ChildProcess process, Func<Task<bool>> isSo) => Site.UntilAsync(
        "the service has got so far",
        async () => process.HasExited
            ? throw new InvalidOperationException($"It has ended: {process.Error}\n{process.Output}") : await isSo(),
        TimeSpan.FromMinutes(2));
}
