using Microsoft.Extensions.Configuration;

namespace Benchmark.Hosting;

/// <summary>
/// A setting with a plain name in the environment and on the command line, and its configuration key.
/// </summary>
/// <param name="Environment">Name of the environment variable.</param>
/// <param name="Option">Name of the command-line option, or null when there is none.</param>
/// <param name="Key">The configuration key that code reads.</param>
/// <param name="Default">The default, as shown to people.</param>
/// <param name="Meaning">What it sets, as shown to people.</param>
public sealed record Setting(string Environment, string? Option, string Key, string Default, string Meaning);

/// <summary>The settings with plain names; the same in every process.</summary>
public static class Settings
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("BENCHMARK_ROOT", "--root", "Volume:Root", "./efs", "the volume"),
        new("BENCHMARK_REGISTRY", "--registry", "Registry:Path", "./models.yaml",
            "the registry: a file, or a directory of files merged"),
        new("BENCHMARK_STATE", "--state", "State:Directory", "./state", "SQLite file, mail pickup and logs"),
        new("BENCHMARK_DATABASE", "--database", "Notifier:Database", "SQLite in the state directory",
            "Host=… (PostgreSQL) for the Notifier"),
        new("RABBITMQ_URI", "--broker", "RabbitMq:Uri", "none: in-memory bus, one process",
            "amqp[s]://user:password@host:port[,host…]/vhost"),
        new("SMTP_URI", null, "Mail:Smtp", "none: .eml files in <state>/outbox", "smtp[s]://user:password@host:port"),
        new("NOTIFY_FROM", null, "Mail:From", "benchmark@localhost", "sender of the reports"),
        new("SLACK_WEBHOOK_URL", null, "Slack:WebhookUrl", "none: Slack off", "incoming webhook"),
        new("WEBHOOK_SECRET", null, "Webhook:Secret", "none: posts are not signed",
            "key that webhooks are signed with"),
        new("BENCHMARK_ENVIRONMENT", null, "Telemetry:Environment", "DD_ENV",
            "prod, test …: in every report, page, log line and metric"),
        new("BENCHMARK_URL", null, "Pages:Url", "none: no links", "where people open the pages, for links in reports"),
        new("OPENLINEAGE_URL", null, "OpenLineage:Url", "none: no lineage", "http[s]://host[:port]"),
        new("OPENLINEAGE_API_KEY", null, "OpenLineage:ApiKey", "none", "its bearer token"),
        new("OPENLINEAGE_NAMESPACE", null, "OpenLineage:Namespace", "benchmark", "the namespace of jobs"),
    ];

    private const string Once = "--once";

    /// <summary>The options that a service's command line takes.</summary>
    internal static IReadOnlyList<string> Options { get; } = [
        .. All.Select(s => s.Option).OfType<string>(), Once, "--urls"];

    /// <summary>The first unknown option of a command line; null when there is none.</summary>
    internal static string? Unknown(IEnumerable<string> args) => args.FirstOrDefault(arg =>
        arg.StartsWith("--", StringComparison.Ordinal)
        && !arg.Split('=')[0].Contains(':')
        && !Options.Contains(arg.Split('=')[0]));

    /// <summary>Adds the settings of the environment and of the command line; the command line wins.</summary>
    public static IConfigurationBuilder AddPlainSettings(
        this IConfigurationBuilder configuration, IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, string?>();
        foreach (var setting in All)
        {
            if (System.Environment.GetEnvironmentVariable(setting.Environment) is { Length: > 0 } value)
                values[setting.Key] = value;
        }
        var switches = All.Where(s => s.Option is not null).ToDictionary(s => s.Option!, s => s.Key);
        return configuration.AddInMemoryCollection(values).AddCommandLine([.. args.Select(FlagAsValue)], switches);
    }

    // '--once' is the only option without a value: AddCommandLine would take the next argument for it.
    private static string FlagAsValue(string arg) => arg == Once ? $"{Once}=true" : arg;
}
