using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Lineage;

/// <summary>Where the lineage of refreshes is sent. Configuration section <c>OpenLineage</c>.</summary>
public sealed class LineageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenLineage";

    private const string Endpoint = "/api/v1/lineage";

    /// <summary>
    /// The address of an OpenLineage server, <c>http[s]://host[:port][/path]</c>; without a path,
    /// <c>/api/v1/lineage</c> is added. Without it, no lineage is sent.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>The bearer token of that server. A secret.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The namespace of jobs. Default <c>benchmark</c>.</summary>
    [Required]
    public string Namespace { get; set; } = "benchmark";

    /// <summary>How long one attempt to send an event may take. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    internal bool IsEnabled => !string.IsNullOrWhiteSpace(Url);

    internal Uri Address
    {
        get
        {
            var url = new UriBuilder(Url!);
            if (url.Path is "" or "/")
                url.Path = Endpoint;
            return url.Uri;
        }
    }

    /// <summary>The server for log lines: a query may hold a secret.</summary>
    internal string Server => $"{Address.Scheme}://{Address.Authority}";

    /// <summary>The message never repeats the address, which may hold a secret.</summary>
    internal sealed class Validation : IValidateOptions<LineageOptions>
    {
        public ValidateOptionsResult Validate(string? name, LineageOptions options) =>
            options.ApiKey is { } key && key.Trim().Any(c => char.IsControl(c) || !char.IsAscii(c))
                ? ValidateOptionsResult.Fail(
                    "OpenLineage:ApiKey (OPENLINEAGE_API_KEY) must be one line of ASCII: it is sent in a header.")
            : !options.IsEnabled
            || (Uri.TryCreate(options.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                && url.UserInfo.Length == 0)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("OpenLineage:Url (OPENLINEAGE_URL) must be http[s]://host[:port][/path], "
                    + "without a user or password; a token is set by OpenLineage:ApiKey (OPENLINEAGE_API_KEY).");
    }
}
