using System.Net;
using MailKit.Security;

namespace Benchmark.Notifier.Deliveries;

/// <summary>A mail server and how to speak to it, as an address says it.</summary>
internal sealed record MailServer(string Host, int Port, SecureSocketOptions Security, NetworkCredential? Login)
{
    /// <summary>What an address must look like, for messages.</summary>
    public const string Form =
        "smtp[s]://user:password@host:port, with '@', ':' and '/' in user and password percent-encoded, and for "
        + "smtp:// at its end ?starttls=required, auto or never";

    /// <summary>Reads an address.</summary>
    /// <returns>The server, or what is wrong, never with the address: it may hold a password.</returns>
    public static (MailServer? Server, string? Problem) Read(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("smtp" or "smtps")
            || url.Host.Length == 0)
            return (null, $"must be {Form}.");
        if (SecurityOf(url) is not { } security)
            return (null, url.Scheme == "smtps"
                ? "has a query, but smtps:// is TLS from the first byte: remove what follows the '?'."
                : "has a query other than ?starttls=required, ?starttls=auto or ?starttls=never.");
        var login = url.UserInfo.Split(':', 2);
        if (url.UserInfo.Length > 0 && login is not [{ Length: > 0 }, { Length: > 0 }])
            return (null, "has a user without a password, or a password without a user: write user:password@, or "
                + "neither where the server asks for no login.");
        // Port 0 makes MailKit use the default port of the scheme.
        return (new MailServer(
            url.Host, Math.Max(url.Port, 0), security,
            login is [var user, var password]
                ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)) : null), null);
    }

    /// <summary>Host and port; the rest is a secret.</summary>
    public override string ToString() => Port == 0 ? Host : $"{Host}:{Port}";

    private static SecureSocketOptions? SecurityOf(Uri url) => (url.Scheme, url.Query) switch
    {
        ("smtps", "") => SecureSocketOptions.SslOnConnect,
        ("smtp", "" or "?starttls=auto") => SecureSocketOptions.StartTlsWhenAvailable,
        ("smtp", "?starttls=required") => SecureSocketOptions.StartTls,
        ("smtp", "?starttls=never") => SecureSocketOptions.None,
        _ => null,
    };
}
