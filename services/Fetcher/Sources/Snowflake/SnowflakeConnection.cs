using System.Data.Common;
using System.Globalization;
using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources.Snowflake;

/// <summary>The connection string as the driver is to have it.</summary>
internal static class SnowflakeConnection
{
    // There is no person to ask, so interactive logins are not allowed.
    private static readonly string[] s_interactive = [
        "externalbrowser", "username_password_mfa", "oauth_authorization_code"];

    public static string Prepare(SourceDefinition source)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = source.Connection };
        Refuse(source, builder);
        // One session for each fetch at a time, and not for each model: a service that is asked to let in 200 at once
        // may let in none. The driver would keep two at least.
        Default(builder, "poolingEnabled", "true");
        Default(builder, "minPoolSize", "0");
        Default(builder, "maxPoolSize", "100");
        // The driver reports to its maker over the same host by default.
        builder["CLIENT_TELEMETRY_ENABLED"] = "false";
        if (Value(builder, "useproxy").Length == 0)
            UseProxyOf(builder, Environment.GetEnvironmentVariable);
        return builder.ConnectionString;
    }

    public static bool HasPassword(string connection)
    {
        try
        {
            return HasPassword(new DbConnectionStringBuilder { ConnectionString = connection });
        }
        catch (ArgumentException)
        {
            // Whoever connects says that it is no connection string.
            return false;
        }
    }

    /// <summary>The driver knows no proxy but that of its connection string.</summary>
    internal static void UseProxyOf(DbConnectionStringBuilder builder, Func<string, string?> environment)
    {
        var secure = !Value(builder, "scheme").Equals("http", StringComparison.OrdinalIgnoreCase);
        var name = secure ? "HTTPS_PROXY" : "HTTP_PROXY";
        var address = environment(name) ?? environment(name.ToLowerInvariant());
        if (string.IsNullOrWhiteSpace(address))
            return;
        if (!Uri.TryCreate(address.Contains("://", StringComparison.Ordinal) ? address : $"http://{address}",
            UriKind.Absolute, out var proxy))
            throw new FetchRefusedException(
                $"The environment variable {name} is not the address of a proxy.",
                "Set it to http://host:port, or put useproxy=true;proxyhost=…;proxyport=… or useproxy=false into the "
                + "connection.");
        builder["useproxy"] = "true";
        builder["proxyhost"] = proxy.Host;
        builder["proxyport"] = proxy.Port.ToString(CultureInfo.InvariantCulture);
        if (proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
        {
            builder["proxyuser"] = Uri.UnescapeDataString(user);
            builder["proxypassword"] = Uri.UnescapeDataString(password);
        }
        if ((environment("NO_PROXY") ?? environment("no_proxy")) is { Length: > 0 } direct)
            builder["nonproxyhosts"] = Uri.EscapeDataString(string.Join('|', Patterns(direct)));
    }

    // NO_PROXY's .example.com, example.com and *.example.com all mean the domain and what is in it.
    private static IEnumerable<string> Patterns(string direct) =>
        direct.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(host => host.TrimStart('*').TrimStart('.'))
            .SelectMany(host => host.Length == 0 ? ["*"] : new[] { $"*://{host}*", $"*.{host}*" });

    private static void Refuse(SourceDefinition source, DbConnectionStringBuilder builder)
    {
        var authenticator = Value(builder, "authenticator");
        if (!source.AllowPassword && HasPassword(builder))
            throw new FetchRefusedException(
                $"The source {source} logs in with a password, which is not allowed.",
                "Use a key pair (authenticator=snowflake_jwt;private_key_file=…) or a token; "
                + $"or set 'allow_password: true' on the source '{source.Name}'.");
        if (s_interactive.Contains(authenticator, StringComparer.OrdinalIgnoreCase))
            throw new FetchRefusedException(
                $"The source {source} logs in with authenticator={authenticator}, which needs a person.",
                "Use snowflake_jwt, oauth, oauth_client_credentials, programmatic_access_token or workload_identity.");
        if (authenticator.Equals("snowflake_jwt", StringComparison.OrdinalIgnoreCase)
            && Value(builder, "private_key_file").Length == 0 && Value(builder, "private_key").Length == 0)
            throw new FetchRefusedException(
                $"The source {source} logs in with a key pair, and its connection names no key.",
                "Add private_key_file=<path>, or private_key=\"…\" in quotes with \\n for each line break.");
    }

    private static bool HasPassword(DbConnectionStringBuilder builder) => Value(builder, "password").Length > 0;

    private static void Default(DbConnectionStringBuilder builder, string key, string value)
    {
        if (Value(builder, key).Length == 0)
            builder[key] = value;
    }

    private static string Value(DbConnectionStringBuilder builder, string key) =>
        builder.TryGetValue(key, out var value) ? value.ToString() ?? "" : "";
}
