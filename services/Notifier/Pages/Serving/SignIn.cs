using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Pages.Serving;

/// <summary>Lets in who may look, and gives a name to who has signed in.</summary>
internal sealed class SignIn(IOptions<PagesOptions> options)
{
    private const string Scheme = "Basic";

    private readonly SignInFile? _users =
        options.Value.Users is { Length: > 0 } path ? new SignInFile(path) : null;

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var name = NameFromProxy(context) ?? await NameFromPasswordAsync(context);
        if (name is not null)
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "pages"));
        else if (Refusal(context) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }
        await next(context);
    }

    private IResult? Refusal(HttpContext context)
    {
        if (Listening.SignsIn(options.Value))
        {
            if (_users is not null)
                context.Response.Headers.WWWAuthenticate = $"{Scheme} realm=\"Benchmark\", charset=\"UTF-8\"";
            return PageFailures.Of(context, StatusCodes.Status401Unauthorized, "Sign in",
                _users is not null ? "These pages ask for a name and a password."
                    : "These pages are for people whom the proxy before them has signed in.");
        }
        return options.Value.AllowAnonymous || IsKnownHost(context.Request.Host.Host)
            ? null
            : PageFailures.Of(context, StatusCodes.Status421MisdirectedRequest, "Not the address of these pages",
                "Open them as localhost, or as BENCHMARK_URL says.");
    }

    // A page of another site could make its own name an alias of this machine's, and read what a person here may.
    private bool IsKnownHost(string host) =>
        Listening.IsLoopback(host)
        || (Uri.TryCreate(options.Value.Url, UriKind.Absolute, out var url)
            && url.Host.Equals(host, StringComparison.OrdinalIgnoreCase));

    private string? NameFromProxy(HttpContext context)
    {
        if (options.Value.TrustedHeader is not { Length: > 0 } header
            || context.Connection.RemoteIpAddress is not { } from || !IsTrusted(from))
            return null;
        // Two values, which may be joined by a comma, would mean that a proxy passed on what its client sent.
        return context.Request.Headers[header] is [{ } name] && name.Trim() is { Length: > 0 and <= 200 } trimmed
            && !trimmed.Any(c => c == ',' || char.IsControl(c)) ? trimmed : null;
    }

    private bool IsTrusted(IPAddress from)
    {
        var address = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        return IPAddress.IsLoopback(address) || Networks.Contain(options.Value.TrustedProxies, address);
    }

    private async Task<string?> NameFromPasswordAsync(HttpContext context)
    {
        if (_users is null
            || !AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var sent)
            || !Scheme.Equals(sent.Scheme, StringComparison.OrdinalIgnoreCase)
            || Decoded(sent.Parameter)?.Split(':', 2) is not [var name, var password])
            return null;
        return await _users.AcceptsAsync(name, password, context.RequestAborted) ? name : null;
    }

    private static string? Decoded(string? parameter)
    {
        var bytes = new byte[parameter?.Length ?? 0];
        return Convert.TryFromBase64String(parameter ?? "", bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
