using System.Diagnostics;
using Benchmark.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Pages;

/// <summary>A component within <see cref="Layout"/> as the answer to a request: static HTML, no script.</summary>
internal sealed class Page : IResult
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly string _title;
    private readonly RenderFragment _content;

    private Page(string title, RenderFragment content)
    {
        _title = title;
        _content = content;
    }

    /// <summary>The answer's status code.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>After how many seconds a browser asks for the page again; null for a page that stays.</summary>
    public int? RefreshSeconds { get; init; }

    /// <summary>A page of a component.</summary>
    /// <param name="title">The page's heading, and its title in the browser.</param>
    /// <param name="parameters">The component's parameters.</param>
    public static Page Of<T>(string title, params (string Name, object? Value)[] parameters)
        where T : IComponent => Of<T>(title, refreshSeconds: null, parameters);

    /// <summary>A page that a browser asks for again.</summary>
    public static Page Of<T>(string title, int? refreshSeconds, params (string Name, object? Value)[] parameters)
        where T : IComponent => new(title, Fragment<T>(parameters)) { RefreshSeconds = refreshSeconds };

    /// <summary>A page that says why there is no other.</summary>
    public static Page Problem(int status, string title, string message) =>
        new(title, builder =>
        {
            builder.OpenElement(0, "p");
            builder.AddContent(1, message);
            builder.CloseElement();
        })
        {
            Status = status,
        };

    /// <summary>The same page with another status code.</summary>
    public Page As(int status) => new(_title, _content) { Status = status, RefreshSeconds = RefreshSeconds };

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var html = await RenderAsync(httpContext);
        httpContext.Response.StatusCode = Status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
    }

    private async Task<string> RenderAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var frame = FrameOf(context);
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(Layout.Title)] = _title,
                [nameof(Layout.Frame)] = frame,
                [nameof(Layout.RefreshSeconds)] = RefreshSeconds,
                [nameof(Layout.ChildContent)] = _content,
            });
            return (await renderer.RenderComponentAsync<Layout>(parameters)).ToHtmlString();
        });
    }

    private PageFrame FrameOf(HttpContext context) => new()
    {
        Environment = context.RequestServices.GetRequiredService<ServiceIdentity>().Env,
        User = context.User.Identity?.Name,
        FormToken = Serving.FormTokens.Of(context),
        Path = context.Request.Path,
        Now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
        Elapsed = () => Stopwatch.GetElapsedTime(_started),
    };

    private static RenderFragment Fragment<T>((string Name, object? Value)[] parameters)
        where T : IComponent => builder =>
        {
            builder.OpenComponent<T>(0);
            foreach (var (name, value) in parameters)
                builder.AddComponentParameter(1, name, value);
            builder.CloseComponent();
        };
}
