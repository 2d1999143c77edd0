using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Benchmark.Notifier.Tests;

/// <summary>What an OpenLineage server is to us: something that takes events, refuses them, or never answers.</summary>
internal sealed class LineageServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(JsonNode Event, string? Authorization)> _posts = [];
    private readonly CancellationTokenSource _closing = new();

    private LineageServer(WebApplication app) => _app = app;

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.Created;

    /// <summary>Whether it takes events and never answers.</summary>
    public bool Hangs { get; set; }

    public string Url => _app.Urls.Single();

    public IReadOnlyList<JsonNode> Events => [.. _posts.Select(post => post.Event)];

    public IReadOnlyList<string?> Authorizations => [.. _posts.Select(post => post.Authorization)];

    public static async Task<LineageServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new LineageServer(app);
        app.MapPost("/api/v1/lineage", server.TakeAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var @event = await JsonNode.ParseAsync(context.Request.Body);
        _posts.Enqueue((@event!, context.Request.Headers.Authorization));
        if (Hangs)
            await Task.WhenAny(Task.Delay(Timeout.Infinite, _closing.Token));
        context.Response.StatusCode = (int)Answer;
    }
}
