using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Lineage;

/// <summary>Posts events to the OpenLineage server, and again after a failure that may pass.</summary>
internal sealed class LineageClient(
    IHttpClientFactory clients, IOptions<LineageOptions> options, TimeProvider time)
{
    /// <summary>The name of its HTTP client.</summary>
    public const string Name = "openlineage";

    private static readonly TimeSpan[] s_retries = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    /// <summary>Sends an event.</summary>
    /// <param name="event">The event.</param>
    /// <param name="patiently">Whether to try again; not worth it while nothing gets through.</param>
    /// <param name="ct">The process is stopping.</param>
    /// <exception cref="HttpRequestException">The server refused it, or cannot be reached.</exception>
    /// <exception cref="TimeoutException">The server did not answer in time.</exception>
    public async Task SendAsync(JsonObject @event, bool patiently, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await PostAsync(@event, ct);
                return;
            }
            catch (Exception reason) when (patiently && attempt < s_retries.Length && MayPass(reason))
            {
                await Task.Delay(s_retries[attempt], time, ct);
            }
        }
    }

    private async Task PostAsync(JsonObject @event, CancellationToken ct)
    {
        using var client = clients.CreateClient(Name);
        client.Timeout = options.Value.Timeout;
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Address)
        {
            Content = new StringContent(@event.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (!string.IsNullOrWhiteSpace(options.Value.ApiKey))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.ApiKey.Trim());
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException(
                    $"it answered {(int)response.StatusCode} {response.ReasonPhrase}", null, response.StatusCode);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"it did not answer within {options.Value.Timeout}");
        }
    }

    // Any other answer of the server would be the same again.
    private static bool MayPass(Exception reason) => reason switch
    {
        TimeoutException => true,
        HttpRequestException { StatusCode: { } status } =>
            (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout,
        HttpRequestException => true,
        _ => false,
    };
}
