using Benchmark.Contracts;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Pages;

/// <summary>Addresses of the pages, for reports; null where it is not known under which people open them.</summary>
public sealed class PageLinks(IOptions<PagesOptions> options)
{
    /// <summary>The path of a run's page.</summary>
    public static string PathOf(Guid runId) => $"/runs/{runId}";

    /// <summary>The path of a model's page.</summary>
    public static string PathOf(ModelKey model) =>
        $"/models/{Uri.EscapeDataString(model.ValueStream)}/{Uri.EscapeDataString(model.Model)}";

    /// <summary>The address of the page of a run.</summary>
    public string? To(Guid runId) => Address(PathOf(runId));

    /// <summary>The address of the page of a model.</summary>
    public string? To(ModelKey model) => Address(PathOf(model));

    private string? Address(string path) =>
        options.Value.Url is { Length: > 0 } url ? url.TrimEnd('/') + path : null;
}
