using System.Data.Common;
using Benchmark.Contracts.Registry;
using Benchmark.Hosting.Broker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Pages.Serving;

/// <summary>Answers in the form that was asked for: a page for people, problem details below <c>/api</c>.</summary>
internal static class PageFailures
{
    /// <summary>
    /// A page that cannot be made says why, when the cause is one that a reader can do something about.
    /// </summary>
    public static void UsePageFailures(this IApplicationBuilder pages) => pages.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await AnswerTo(context, e).ExecuteAsync(context);
        }
    });

    /// <summary>The answer that there is none, with the reason.</summary>
    public static IResult Of(HttpContext context, int status, string title, string message) =>
        context.Request.Path.StartsWithSegments("/api")
            ? Results.Problem(message, statusCode: status, title: title)
            : Page.Problem(status, title, message);

    private static IResult AnswerTo(HttpContext context, Exception cause)
    {
        const int unavailable = StatusCodes.Status503ServiceUnavailable;
        switch (cause)
        {
            case BadHttpRequestException bad:
                return Of(context, bad.StatusCode, "This request cannot be answered", bad.Message);
            case RegistryException:
                return Of(context, unavailable, "The registry is invalid", cause.Message);
            case DbException:
                return Of(context, unavailable, "The database of runs cannot be read", cause.Message);
            case BrokerException:
                return Of(context, unavailable, "The broker does not answer", cause.Message);
            case IOException or UnauthorizedAccessException or InvalidDataException:
                return Of(context, unavailable, "The volume cannot be read", cause.Message);
            default:
                context.RequestServices.GetRequiredService<ILogger<PagesServer>>()
                    .PageFailed(context.Request.Path, cause);
                return Of(context, StatusCodes.Status500InternalServerError, "This page failed",
                    "The cause is in the log of the Notifier.");
        }
    }
}
