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
