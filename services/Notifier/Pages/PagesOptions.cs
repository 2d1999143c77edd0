using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Pages;

/// <summary>The pages to look at. Configuration section <c>Pages</c>.</summary>
public sealed class PagesOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Pages";

    /// <summary>
    /// Where people open the pages, such as <c>https://benchmark.apps.bank.example</c>: reports link there. Without it,
    /// reports name commands instead.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>
    /// Where the pages are served, apart from health and metrics; empty for no pages. Default
    /// <c>http://localhost:8090</c>, which only this machine, or a proxy in the same pod, can reach.
    /// </summary>
    public string? Address { get; set; } = "http://localhost:8090";

    /// <summary>
    /// The header in which a proxy names who is signed in, such as <c>X-Forwarded-User</c>: then every page needs it.
    /// Believed only from this machine and from <see cref="TrustedProxies"/>.
    /// </summary>
    public string? TrustedHeader { get; set; }

    /// <summary>Addresses or networks of proxies on other machines, between commas: <c>10.1.0.0/16</c>.</summary>
    public string? TrustedProxies { get; set; }

    /// <summary>
    /// A file of people who sign in with name and password, a line each as <c>benchmark pages password</c> prints it:
    /// then every page needs one of them.
    /// </summary>
    public string? Users { get; set; }

    /// <summary>
    /// Whether the pages may be served beyond this machine to people who are not signed in. Default false.
    /// </summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>Whether people open the pages of this host by https, as <see cref="Url"/> says.</summary>
    internal bool IsSecure(string host) => Uri.TryCreate(Url, UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttps && url.Host.Equals(host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Requires an address that a browser opens, or nothing.</summary>
    internal sealed class Validation : IValidateOptions<PagesOptions>
    {
        public ValidateOptionsResult Validate(string? name, PagesOptions options) =>
            string.IsNullOrWhiteSpace(options.Url)
            || (Uri.TryCreate(options.Url, UriKind.Absolute, out var url) && url.Scheme is "https" or "http")
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"Pages:Url (BENCHMARK_URL) is '{options.Url}': it must be the "
                    + "http[s]:// address where people open the pages, or nothing.");
    }
}
