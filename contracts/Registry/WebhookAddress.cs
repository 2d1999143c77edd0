namespace Benchmark.Contracts.Registry;

/// <summary>The address of a webhook, which may hold a secret: <c>${NAME}</c>, or <c>https://…</c> in full.</summary>
public static class WebhookAddress
{
    /// <summary>The environment variables that an address names, each once.</summary>
    public static IReadOnlyList<string> Variables(string written) => Placeholders.In(written);

    /// <summary>The address with its variables replaced.</summary>
    /// <param name="written">As the registry has it.</param>
    /// <param name="environment">The variables; one that is empty counts as not set.</param>
    /// <param name="missing">The variables that are not set.</param>
    public static string Expand(
        string written, IReadOnlyDictionary<string, string?> environment, out IReadOnlyList<string> missing) =>
        Placeholders.Expand(written, environment, out missing);

    /// <summary>
    /// The address for people: variables by name, and of an address in full only its host, because the rest of it is
    /// what lets whoever knows it post.
    /// </summary>
    public static string Shown(string written) =>
        Variables(written).Count == 0 && Uri.TryCreate(written, UriKind.Absolute, out var url)
            ? url.GetLeftPart(UriPartial.Authority)
            : string.Join(", ", Variables(written).Select(name => $"${{{name}}}"));
}
