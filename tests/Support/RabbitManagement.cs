using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Benchmark.Tests.Support;

/// <summary>The HTTP API behind the RabbitMQ dashboard: what a person does there, a test does here.</summary>
public sealed class RabbitManagement : IDisposable
{
    private readonly HttpClient _http;

    public RabbitManagement(Uri address, string user = "guest", string password = "guest")
    {
        _http = new HttpClient { BaseAddress = new Uri(address, "api/"), Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    public void Dispose() => _http.Dispose();

    public async Task<bool> IsUpAsync(CancellationToken ct)
    {
        try
        {
            return (await _http.GetAsync("overview", ct)).IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Makes a virtual host with a random name: nothing that another test does is seen in it.</summary>
    public async Task<string> AddVirtualHostAsync()
    {
        var name = $"test-{Guid.NewGuid():N}";
        await PutAsync($"vhosts/{name}", new { });
        await PutAsync($"permissions/{name}/guest", new { configure = ".*", write = ".*", read = ".*" });
        return name;
    }

    /// <summary>Makes a user who may do in a virtual host what these patterns of names say.</summary>
    public async Task AddUserAsync(
        string name, string password, string virtualHost, string configure = ".*", string write = ".*",
        string read = ".*")
    {
        await PutAsync($"users/{name}", new { password, tags = "" });
        await PutAsync($"permissions/{virtualHost}/{name}", new { configure, write, read });
    }

    /// <summary>
    /// Publishes to an exchange as the form <em>Publish message</em> does: a payload, no headers unless told.
    /// </summary>
    /// <returns>Whether any queue got it; the form says so, too.</returns>
    public async Task<bool> PublishAsync(string virtualHost, string exchange, string payload, object? properties = null)
    {
        var answer = await PostAsync($"exchanges/{virtualHost}/{Escape(exchange)}/publish", new
        {
            properties = properties ?? new { },
            routing_key = "",
            payload,
            payload_encoding = "string",
        });
        return answer!["routed"]!.GetValue<bool>();
    }

    /// <summary>
    /// Takes messages from a queue, as the form <em>Get messages</em> does; with <paramref name="keep"/> they stay in
    /// it.
    /// </summary>
    public async Task<IReadOnlyList<JsonNode>> GetAsync(
        string virtualHost, string queue, int count = 1000, bool keep = true) =>
        [.. (await PostAsync($"queues/{virtualHost}/{queue}/get", new
        {
            count,
            ackmode = keep ? "ack_requeue_true" : "ack_requeue_false",
            encoding = "auto",
        }))!.AsArray().Select(message => message!)];

    /// <summary>
    /// How many messages a queue holds; null when there is no such queue. Unlike the dashboard's number, not seconds
    /// old.
    /// </summary>
    public async Task<int?> CountAsync(string virtualHost, string queue)
    {
        var found = await GetAsync($"queues/{virtualHost}/{queue}");
        return found is null ? null : (await GetAsync(virtualHost, queue)).Count;
    }

    /// <summary>A document of the API, such as <c>queues/vhost</c>; null when there is none.</summary>
    public async Task<JsonNode?> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return response.StatusCode == HttpStatusCode.NotFound
            ? null
            : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>();
    }

    public async Task PutAsync(string path, object body)
    {
        using var response = await _http.PutAsync(path, Json(body));
        response.EnsureSuccessStatusCode();
    }

    public async Task DeleteAsync(string path)
    {
        using var response = await _http.DeleteAsync(path);
        response.EnsureSuccessStatusCode();
    }

    public async Task<JsonNode?> PostAsync(string path, object body)
    {
        using var response = await _http.PostAsync(path, Json(body));
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{path}: {text}", null, response.StatusCode);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public static string Escape(string name) => Uri.EscapeDataString(name);

    // With its length: the API does not take chunks.
    private static StringContent Json(object body) =>
        new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}
