using System.Data.Common;
using System.Text.RegularExpressions;

namespace Benchmark.Fetcher.Sources;

/// <summary>The secrets of a connection string, which no message may hold.</summary>
internal static class ConnectionSecrets
{
    // Whatever a driver calls them: password, private_key_pwd, token, oauthClientSecret, passcode, proxyPassword.
    private static readonly string[] s_secret = ["pass", "pwd", "token", "secret", "private_key"];
    private static readonly string[] s_open = ["file", "url", "uri", "endpoint"];

    private const int Long = 8;

    /// <summary>The text with each secret of the connection replaced by three dots.</summary>
    public static string Mask(string text, string connection)
    {
        DbConnectionStringBuilder builder;
        try
        {
            builder = new DbConnectionStringBuilder { ConnectionString = connection };
        }
        catch (ArgumentException)
        {
            // Not a connection string, of which parts could be told apart.
            return text.Replace(connection, "…", StringComparison.Ordinal);
        }
        foreach (string key in builder.Keys)
        {
            if (IsSecret(key) && builder[key].ToString() is { Length: > 0 } secret && !IsOrdinary(secret))
                text = Masked(text, secret);
        }
        return text;
    }

    /// <summary>The first key whose secret is written out instead of <c>${NAME}</c>; null when none is.</summary>
    public static string? WrittenOut(DbConnectionStringBuilder connection) => connection.Keys.Cast<string>()
        .FirstOrDefault(key => IsSecret(key) && !connection[key].ToString()!.Contains("${", StringComparison.Ordinal));

    // A file's name and an address are none, and often all that is said of what is wrong.
    private static bool IsSecret(string key) =>
        s_secret.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase))
        && !s_open.Any(end => key.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    // A switch; or a word that messages have in any case, of which dots would tell that it is the secret.
    private static bool IsOrdinary(string secret) =>
        bool.TryParse(secret, out _) || s_secret.Contains(secret, StringComparer.OrdinalIgnoreCase)
        || secret.Equals("password", StringComparison.OrdinalIgnoreCase);

    // A short one may be part of any word.
    private static string Masked(string text, string secret) => secret.Length >= Long
        ? text.Replace(secret, "…", StringComparison.Ordinal)
        : Regex.Replace(text, $@"(?<!\w){Regex.Escape(secret)}(?!\w)", "…", RegexOptions.CultureInvariant);
}
