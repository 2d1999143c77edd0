using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Benchmark.Notifier.Tests;

/// <summary>What a webhook received.</summary>
internal sealed record Post(byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json { get; } = JsonSerializer.Deserialize<JsonElement>(Body);
}

/// <summary>What an incoming webhook is to us: it takes JSON, refuses what Slack refuses, and says ok.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private const string Path = "/services/T0/B0/secret";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Post> _posts = [];

    private WebhookServer(WebApplication app) => _app = app;

    /// <summary>Answers in place of what Slack would; null for what Slack would.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public IReadOnlyList<Post> Posts => [.. _posts];

    public string Url => $"{_app.Urls.Single()}{Path}";

    public static async Task<WebhookServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new WebhookServer(app);
        app.Run(server.ServeAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Answers with a status and a body.</summary>
    public void AnswerWith(int status, string body, params (string Name, string Value)[] headers) =>
        Answer = async context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                context.Response.Headers.Append(name, value);
            await context.Response.WriteAsync(body);
        };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var post = new Post(
            body.ToArray(), context.Request.Headers.ToDictionary(header => header.Key, header => $"{header.Value}"));
        _posts.Enqueue(post);
        if (Answer is { } answer)
        {
            await answer(context);
            return;
        }
        var refusal = context.Request.Path != Path ? "no_service" : SlackLimits.Refusal(post.Json);
        context.Response.StatusCode = refusal is null ? 200 : refusal == "no_service" ? 404 : 400;
        await context.Response.WriteAsync(refusal ?? "ok");
    }
}

/// <summary>
/// Slack's limits, https://docs.slack.dev/reference/block-kit/blocks, and of the sum the least that was refused,
/// https://github.com/slackapi/bolt-js/issues/2867.
/// </summary>
internal static class SlackLimits
{
    private const int Sum = 11_341;

    /// <summary>Why Slack refuses a message; null when it does not.</summary>
    public static string? Refusal(JsonElement message)
    {
        if (!message.TryGetProperty("blocks", out var all) || all.GetArrayLength() is 0 or > 50)
            return "invalid_blocks";
        var texts = all.EnumerateArray().Select(block => (
            Type: block.GetProperty("type").GetString(),
            Text: block.GetProperty("text").GetProperty("text").GetString()!)).ToList();
        if (texts.Any(block => block.Text.Length == 0 || block.Text.Length > (block.Type == "header" ? 150 : 3000)))
            return "invalid_blocks";
        return texts.Sum(block => block.Text.Length) > Sum ? "msg_blocks_too_long" : null;
    }
}
