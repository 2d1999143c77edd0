using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Benchmark.Cli.Tests;

/// <summary>A webhook that speaks TLS and says ok.</summary>
internal sealed class HttpsWebhook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _posts = [];

    private HttpsWebhook(WebApplication app) => _app = app;

    public IReadOnlyList<string> Posts => [.. _posts];

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<HttpsWebhook> StartAsync(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
            server.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        var webhook = new HttpsWebhook(app);
        app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            webhook._posts.Enqueue(await body.ReadToEndAsync());
            await context.Response.WriteAsync("ok");
        });
        await app.StartAsync();
        return webhook;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
