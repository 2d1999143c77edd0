using System.Data.Common;

namespace Benchmark.Fetcher.Sources;

/// <summary>The secrets of a connection string, which no message may hold.</summary>
internal static class ConnectionSecrets
{
    // Whatever a driver calls them: password, private_key_pwd, token, oauthClientSecret, passcode, proxyPassword.
    private static readonly string[] s_secret = ["pass", "pwd", "token", "secret", "private_key"];

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
            if (IsSecret(key) && builder[key].ToString() is { Length: > 0 } secret)
                text = text.Replace(secret, "…", StringComparison.Ordinal);
        }
        return text;
    }

    /// <summary>The first key whose secret is written out instead of <c>${NAME}</c>; null when none is.</summary>
    public static string? WrittenOut(DbConnectionStringBuilder connection) => connection.Keys.Cast<string>()
        .FirstOrDefault(key => IsSecret(key) && !connection[key].ToString()!.Contains("${", StringComparison.Ordinal));

    // A file's name is none, and often all that is said of what is wrong.
    private static bool IsSecret(string key) =>
        !key.EndsWith("file", StringComparison.OrdinalIgnoreCase)
        && s_secret.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase));
}
