using Microsoft.AspNetCore.Http;

namespace Benchmark.Notifier.Pages.Serving;

/// <summary>Whether a form was sent by a page of this server, and by a person who is signed in.</summary>
internal static class OwnForms
{
    /// <summary>Why a form is refused; null when it is not.</summary>
    public static IResult? Refusal(HttpContext context, IFormCollection form, PagesOptions options)
    {
        if (context.User.Identity?.Name is null)
            return PageFailures.Of(context, StatusCodes.Status403Forbidden, "Sign in first",
                "Who asks for a refresh is recorded, so it needs a name: set Pages__TrustedHeader or Pages__Users.");
        return IsFromHere(context.Request, options) && FormTokens.Match(context, form[FormTokens.Field])
            ? null
            : PageFailures.Of(context, StatusCodes.Status403Forbidden, "Not a form of these pages",
                "Open the page of the run again and press its button there.");
    }

    // Browsers send the first to addresses they call secure, and the second with every form.
    private static bool IsFromHere(HttpRequest request, PagesOptions options)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
            return site == "same-origin";
        return Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
            && (origin.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
                || (Uri.TryCreate(options.Url, UriKind.Absolute, out var url) && url.Authority == origin.Authority));
    }
}
