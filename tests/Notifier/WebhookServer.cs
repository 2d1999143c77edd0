using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Benchmark.Notifier.Tests;

/// <summary>What Slack's incoming webhook is to us: something that takes JSON and says ok.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private const string Path = "/services/T0/B0/secret";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JsonElement> _posts = [];

    private WebhookServer(WebApplication app) => _app = app;

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public IReadOnlyList<JsonElement> Posts => [.. _posts];

    public string Url => $"{_app.Urls.Single()}{Path}";

    public static async Task<WebhookServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new WebhookServer(app);
        app.MapPost(Path, async (HttpContext context) =>
        {
            server._posts.Enqueue(await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body));
            context.Response.StatusCode = (int)server.Answer;
            await context.Response.WriteAsync(server.Answer == HttpStatusCode.OK ? "ok" : "no_service");
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
