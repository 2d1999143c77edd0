using Benchmark.Contracts.Registry;

namespace Benchmark.Contracts.Tests;

public sealed class Inheriting_settings : IDisposable
{
    private readonly RegistryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Goes_from_the_root_over_the_value_stream_to_the_model_key_by_key()
    {
        var registry = _folder.Read("""
            version: 1
            defaults:
              schedule: "0 1 1 * *"
              time_zone: Europe/Zurich
              drift: {bins: 20, warn: 0.2, fail: 0.3}
              rows: {min: 5, max: 50}
              notify: {email: [root@bank.example, second@bank.example], slack: true}
              owner: root
              fetch_timeout: 90s
            value_streams:
              vs:
                defaults:
                  drift: {fail: 0.5, on_fail: warn, anchor: 3}
                  rows: {max_change: 0.1}
                  notify: {email: [vs@bank.example]}
                  schema: evolve
                  run_deadline: 2h
                  reconcile: true
                models:
                  m:
                    table: T
                    drift: {bins: 30}
                    rows: {max: 60}
                    keep_rejected_days: 7
                    columns:
                      c: {drift: {warn: 0.4}}
            """);

        registry.Find("vs", "m").Should().BeEquivalentTo(new
        {
            Schedule = "0 1 1 * *",
            TimeZone = "Europe/Zurich",
            Drift = new DriftLimits { Bins = 30, Warn = 0.2, Fail = 0.5, OnFail = DriftAction.Warn },
            DriftAnchor = 3,
            Rows = new RowLimits { Min = 5, Max = 60, MaxChange = 0.1 },
            Notify = new { Email = new[] { "vs@bank.example" }, Slack = true },
            Owner = "root",
            Schema = SchemaPolicy.Evolve,
            FetchTimeout = TimeSpan.FromSeconds(90),
            RunDeadline = TimeSpan.FromHours(2),
            KeepRejectedDays = 7,
            Reconcile = true,
        });
        registry.Find("vs", "m")!.Columns[0].Drift.Should()
            .Be(new DriftLimits { Bins = 30, Warn = 0.4, Fail = 0.5, OnFail = DriftAction.Warn });
        registry.Notify.Email.Should().Equal("root@bank.example", "second@bank.example");
    }

    [Fact]
    public void Inherits_who_is_notified_key_by_key()
    {
        var registry = _folder.Read("""
            version: 1
            defaults:
              owner: risk@bank.example
              notify:
                owner: true
                on: trouble
                webhook: "${TEAMS_WEBHOOK_URL}"
                failures: {slack: true, email: [on-call@bank.example]}
            value_streams:
              vs:
                defaults: {notify: {on: moved, failures: {slack: false}}}
                models:
                  m: {table: T}
                  n: {table: T, owner: n@bank.example, notify: {webhook: [https://a.example, https://b.example]}}
            """);

        registry.Find("vs", "m")!.Notify.Should().BeEquivalentTo(new
        {
            Email = Array.Empty<string>(),
            Owner = "risk@bank.example",
            Slack = false,
            Webhook = new[] { "${TEAMS_WEBHOOK_URL}" },
            On = NotifyOn.Moved,
            Failures = new { Email = new[] { "on-call@bank.example" }, Owner = (string?)null, Slack = false },
        });
        registry.Find("vs", "n")!.Notify.Should().BeEquivalentTo(
            new { Owner = "n@bank.example", Webhook = new[] { "https://a.example", "https://b.example" } });
        registry.Notify.On.Should().Be(NotifyOn.Trouble);
    }

    [Fact]
    public void Begins_with_what_is_built_in()
    {
        var registry = _folder.Read("{version: 1, value_streams: {vs: {models: {m: {table: T}}}}}");

        registry.Find("vs", "m").Should().BeEquivalentTo(new ModelDefinition
        {
            ValueStream = "vs",
            Model = "m",
            Table = "T",
            Source = "snowflake",
            Schedule = "0 0 1 * *",
            TimeZone = "UTC",
            Threshold = 0.05,
            Drift = new() { Bins = 10, Warn = 0.10, Fail = 0.25, OnFail = DriftAction.Reject },
            Rows = new() { Min = 1 },
            KeepVersions = 12,
            KeepRejectedDays = 30,
            FetchTimeout = TimeSpan.FromMinutes(15),
            RunDeadline = TimeSpan.FromHours(6),
            Notify = new() { Email = [], Slack = false },
            Schema = SchemaPolicy.Freeze,
        });
        registry.Sources.Values.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new SourceDefinition
            {
                Name = "snowflake",
                Kind = "snowflake",
                Connection = "${SNOWFLAKE_CONN}",
                Implicit = true,
                AllowPassword = true
            });
    }

    [Fact]
    public void Takes_VALIDATION_THRESHOLD_above_the_files_default_and_below_what_is_closer()
    {
        _folder.Environment["VALIDATION_THRESHOLD"] = "0.5";

        var registry = _folder.Read("""
            version: 1
            defaults: {threshold: 0.1}
            value_streams:
              silent: {models: {m: {table: T}}}
              stream: {defaults: {threshold: 0.2}, models: {m: {table: T}, own: {table: T, threshold: 0.3}}}
            """);

        registry.Find("silent", "m")!.Threshold.Should().Be(0.5);
        registry.Find("stream", "m")!.Threshold.Should().Be(0.2);
        registry.Find("stream", "own")!.Threshold.Should().Be(0.3);
    }
}
