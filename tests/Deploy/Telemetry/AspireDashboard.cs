using System.Reflection;
using System.Text.Json;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Telemetry;

/// <summary>A span as the dashboard gives it back.</summary>
/// <param name="Json">The span in OTLP's JSON.</param>
/// <param name="Resource">The attributes of the process that it is from.</param>
internal sealed record ReceivedSpan(JsonElement Json, IReadOnlyDictionary<string, string> Resource)
{
    public string Name => Json.GetProperty("name").GetString()!;

    public string TraceId => Json.GetProperty("traceId").GetString()!;

    public string SpanId => Json.GetProperty("spanId").GetString()!;

    public string ParentId => Json.TryGetProperty("parentSpanId", out var parent) ? parent.GetString()! : "";

    public IReadOnlyDictionary<string, string> Tags => AspireDashboard.Attributes(Json);

    public IReadOnlyList<string> LinkedTraces => Json.TryGetProperty("links", out var links)
        ? [.. links.EnumerateArray().Select(link => link.GetProperty("traceId").GetString()!)] : [];

    /// <summary>Why it is an error; null when it is none.</summary>
    public string? Error => Json.TryGetProperty("status", out var status)
        && status.TryGetProperty("code", out var code) && code.ToString() is "2" or "STATUS_CODE_ERROR"
        ? status.GetProperty("message").GetString() : null;
}

/// <summary>Aspire's dashboard: takes OTLP as an agent does, and gives back as JSON what it got.</summary>
internal sealed class AspireDashboard : IDisposable
{
    private static readonly string? s_program = typeof(AspireDashboard).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == nameof(AspireDashboard))
        is { Value: { } directory } ? Path.Combine(directory, "Aspire.Dashboard") : null;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("benchmark-dashboard-");
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Find()}") };
    private readonly ChildProcess _process;

    private AspireDashboard()
    {
        Endpoint = $"http://127.0.0.1:{FreePort.Find()}";
        _process = ChildProcess.Start(s_program!, [], new Dictionary<string, string>
        {
            ["HOME"] = _home.FullName,
            ["ASPNETCORE_URLS"] = _http.BaseAddress!.OriginalString,
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = Endpoint,
            ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = $"http://127.0.0.1:{FreePort.Find()}",
            ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true",
        });
    }

    /// <summary>Why it cannot be had on this machine; null when it can.</summary>
    public static string? WhyNot => File.Exists(s_program)
        ? null : "Aspire's dashboard is a program for Linux on x64, and its package is not restored on this machine.";

    /// <summary>Where it takes OTLP over gRPC.</summary>
    public string Endpoint { get; }

    public static async Task<AspireDashboard> StartAsync()
    {
        var dashboard = new AspireDashboard();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await dashboard.IsUpAsync())
        {
            if (dashboard._process.HasExited || patience.IsCancellationRequested)
                throw new InvalidOperationException(
                    $"The dashboard did not start: {dashboard._process.Error}{dashboard._process.Output}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
        return dashboard;
    }

    /// <summary>All spans that it has received.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> SpansAsync()
    {
        await using var body = await _http.GetStreamAsync("/api/telemetry/spans?limit=10000");
        var answer = await JsonDocument.ParseAsync(body);
        return
        [
            .. from ofResource in answer.RootElement.GetProperty("data").GetProperty("resourceSpans").EnumerateArray()
            let resource = Attributes(ofResource.GetProperty("resource"))
            from ofScope in ofResource.GetProperty("scopeSpans").EnumerateArray()
            from span in ofScope.GetProperty("spans").EnumerateArray()
            select new ReceivedSpan(span, resource),
        ];
    }

    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
        _home.Delete(recursive: true);
    }

    internal static Dictionary<string, string> Attributes(JsonElement of) =>
        of.GetProperty("attributes").EnumerateArray().ToDictionary(
            pair => pair.GetProperty("key").GetString()!,
            pair => pair.GetProperty("value").EnumerateObject().First().Value.ToString());

    private async Task<bool> IsUpAsync()
    {
        try
        {
            return (await _http.GetAsync("/api/telemetry/resources")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <inheritdoc cref="AspireDashboard"/>
public sealed class NeedsAspireDashboardAttribute : NeedsAttribute
{
    public override string? WhyNot => AspireDashboard.WhyNot;

    // Restored with the other packages, where there is one for the machine.
    public override bool IsInstallable => false;
}
