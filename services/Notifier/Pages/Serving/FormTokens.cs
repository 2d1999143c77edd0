using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Pages.Serving;

/// <summary>
/// Shows that a form came from these pages: a random value in a cookie that only these pages get to see, and again in
/// the form. No key is kept, so that any of several Notifiers accepts a form of another.
/// </summary>
internal static class FormTokens
{
    /// <summary>The field of a form that has it.</summary>
    public const string Field = "token";

    private const int Bytes = 32;

    /// <summary>The token of who asks, made on their first page; null for readers, who have no forms.</summary>
    public static string? Of(HttpContext context)
    {
        if (context.User.Identity?.Name is null)
            return null;
        if (context.Request.Cookies[NameFor(context)] is { Length: 2 * Bytes } known)
            return known;
        var made = RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true);
        context.Response.Cookies.Append(NameFor(context), made, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = IsOpenedByHttps(context),
            IsEssential = true,
            Path = "/",
        });
        return made;
    }

    /// <summary>Whether a form has the token of the cookie.</summary>
    public static bool Match(HttpContext context, string? sent) =>
        context.Request.Cookies[NameFor(context)] is { Length: 2 * Bytes } known && sent is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(known), Encoding.ASCII.GetBytes(sent));

    // With this prefix a browser refuses the cookie from any other host of the domain.
    private static string NameFor(HttpContext context) =>
        IsOpenedByHttps(context) ? "__Host-benchmark-form" : "benchmark-form";

    // By the browser, which a proxy in between may serve by another scheme.
    private static bool IsOpenedByHttps(HttpContext context) => context.Request.IsHttps
        || context.RequestServices.GetRequiredService<IOptions<PagesOptions>>().Value
            .IsSecure(context.Request.Host.Host);
}
