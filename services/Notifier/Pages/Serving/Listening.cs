using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Pages.Serving;

/// <summary>Refuses, before anything is served, what would show the pages to more people than meant.</summary>
internal sealed class Listening : IValidateOptions<PagesOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PagesOptions options)
    {
        if (string.IsNullOrEmpty(options.Address))
            return ValidateOptionsResult.Success;
        if (Parse(options.Address) is not { } address)
            return ValidateOptionsResult.Fail($"Pages:Address (Pages__Address) is '{options.Address}': it must be an "
                + "address such as http://localhost:8090, or empty for no pages. TLS is the task of a proxy.");
        if (!Networks.AreValid(options.TrustedProxies))
            return ValidateOptionsResult.Fail($"Pages:TrustedProxies (Pages__TrustedProxies) is "
                + $"'{options.TrustedProxies}': it must be addresses or networks between commas, such as 10.1.0.0/16.");
        return IsLoopback(address.Host) || SignsIn(options) || options.AllowAnonymous
            ? SignInFile.Problem(options.Users) is { } problem
                ? ValidateOptionsResult.Fail($"Pages:Users (Pages__Users): {problem}") : ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Pages:Address (Pages__Address) is '{options.Address}', which other machines "
                + "can reach, and nobody has to sign in. Set Pages__TrustedHeader (behind a proxy that signs people "
                + "in) or Pages__Users (names and passwords), or Pages__AllowAnonymous=true if everyone may read.");
    }

    /// <summary>Whether people have to sign in.</summary>
    public static bool SignsIn(PagesOptions options) =>
        !string.IsNullOrEmpty(options.TrustedHeader) || !string.IsNullOrEmpty(options.Users);

    /// <summary>Whether a name or address is always that of this machine.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static BindingAddress? Parse(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return address is { Scheme: "http", PathBase: "", IsUnixPipe: false, IsNamedPipe: false } ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
