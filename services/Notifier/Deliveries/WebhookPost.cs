using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Posts to a webhook and says what came of it, without the address, which lets whoever has it post.</summary>
internal sealed class WebhookPost(IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string Client = "webhook";

    // What a webhook answers is a word; a proxy's page for logging in is not worth more of the log.
    private const int LongestAnswer = 200;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);

    /// <summary>Makes one attempt.</summary>
    /// <returns>The status and the beginning of the body.</returns>
    /// <exception cref="DeliveryException">There was no answer.</exception>
    public async Task<WebhookAnswer> SendAsync(
        string address, byte[] json, IReadOnlyDictionary<string, string> headers, CancellationToken ct)
    {
        using var client = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(json) { Headers = { ContentType = new("application/json", "utf-8") } },
        };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return new WebhookAnswer(
                response.StatusCode, await BeginningAsync(response.Content, ct), RetryAfter(response.Headers));
        }
        catch (Exception reason) when (reason is HttpRequestException or IOException)
        {
            throw NoAnswer(reason);
        }
    }

    private static DeliveryException NoAnswer(Exception reason)
    {
        var trust = reason.InnerException is AuthenticationException
            ? "; a private authority is trusted through SSL_CERT_FILE or SSL_CERT_DIR" : "";
        return new DeliveryException($"cannot be reached: {reason.GetBaseException().Message}{trust}", reason);
    }

    private static async Task<string> BeginningAsync(HttpContent content, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        var bytes = new byte[4 * LongestAnswer];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        var text = string.Concat(Encoding.UTF8.GetString(bytes, 0, read).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length <= LongestAnswer ? text.Trim() : $"{text[..LongestAnswer].Trim()}…";
    }

    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - time.GetUtcNow();
        return wait < s_longestWait ? wait : wait is null ? null : s_longestWait;
    }
}

/// <summary>What a webhook answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The beginning of the body, on one line.</param>
/// <param name="RetryAfter">How long it asks to be left alone, an hour at most; null when it does not say.</param>
internal sealed record WebhookAnswer(HttpStatusCode Status, string Body, TimeSpan? RetryAfter)
{
    /// <summary>Whether the same post would be answered in the same way every time.</summary>
    public bool IsFinal => (int)Status is >= 400 and < 500 && Status is not (
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.ProxyAuthenticationRequired);

    /// <summary>The failure that the answer is.</summary>
    /// <param name="who">Who answered.</param>
    /// <param name="remedy">What a person does about it; empty when waiting does.</param>
    public DeliveryException Failure(string who, string remedy) =>
        new($"{who} answered {(int)Status}{(Body.Length > 0 ? $": {Body}" : "")}{remedy}")
        { IsFinal = IsFinal, RetryAfter = RetryAfter };
}
