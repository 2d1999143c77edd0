using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Benchmark.Hosting;

/// <summary>
/// The name of the environment, and how metrics leave a process apart from OTLP. Configuration section
/// <c>Telemetry</c>.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>
    /// Name of the environment, such as <c>prod</c>: in every report, page, log line and metric. Default: what the
    /// variables of Datadog and OpenTelemetry say.
    /// </summary>
    public string? Environment { get; set; }

    /// <summary>
    /// Serve metrics for Prometheus on <c>/metrics</c>, at the port of the health checks. Default false.
    /// </summary>
    public bool Prometheus { get; set; }

    /// <summary>Whether <see cref="Prometheus"/> is set.</summary>
    /// <exception cref="OptionsValidationException">It is neither true nor false.</exception>
    internal static bool WantsPrometheus(IConfiguration configuration)
    {
        var text = configuration[$"{Section}:{nameof(Prometheus)}"];
        if (string.IsNullOrEmpty(text))
            return false;
        return bool.TryParse(text, out var wanted)
            ? wanted
            : throw new OptionsValidationException(Section, typeof(TelemetryOptions),
                [$"Telemetry:Prometheus (Telemetry__Prometheus) is '{text}'. Allowed are true and false."]);
    }
}
