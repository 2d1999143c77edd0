using Microsoft.AspNetCore.Builder;

namespace Benchmark.Notifier.Pages.Serving;

/// <summary>What every answer of the pages' server forbids a browser.</summary>
internal static class PageHeaders
{
    /// <summary>No script, nothing from elsewhere, no frame around the page.</summary>
    public const string ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void UsePageHeaders(this IApplicationBuilder pages) => pages.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    });
}
