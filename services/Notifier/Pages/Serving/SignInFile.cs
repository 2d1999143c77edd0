using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Benchmark.Notifier.Pages.Serving;

/// <summary>
/// The people who may sign in: <c>name:hash</c> a line, as <c>benchmark pages password</c> prints it. Read again when
/// the file changes.
/// </summary>
internal sealed class SignInFile(string path)
{
    // PBKDF2 with HMAC-SHA512, 100,000 rounds and a salt of 128 bits.
    private static readonly PasswordHasher<string> s_hasher = new();

    // Slow on purpose, so one at a time: otherwise guesses could keep every processor busy.
    private readonly SemaphoreSlim _checking = new(1);
    private volatile Content? _content;

    /// <summary>A line of the file.</summary>
    public static string Line(string name, string password) => $"{name}:{s_hasher.HashPassword(name, password)}";

    /// <summary>What is wrong with a file; null when nothing is, or none is set.</summary>
    public static string? Problem(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return null;
        try
        {
            return Read(path).Count == 0 ? $"{path} names nobody. Add a line: benchmark pages password NAME." : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return e.Message;
        }
    }

    /// <summary>Whether that is the password of that person.</summary>
    public async Task<bool> AcceptsAsync(string name, string password, CancellationToken ct)
    {
        var content = Current();
        if (!content.Hashes.TryGetValue(name, out var hash))
            return false;
        var proof = content.ProofOf(name, password);
        if (content.Accepted.ContainsKey(proof))
            return true;
        await _checking.WaitAsync(ct);
        try
        {
            if (s_hasher.VerifyHashedPassword(name, hash, password) == PasswordVerificationResult.Failed)
                return false;
        }
        finally
        {
            _checking.Release();
        }
        content.Accepted.TryAdd(proof, true);
        return true;
    }

    private Content Current()
    {
        var written = File.GetLastWriteTimeUtc(path);
        return _content is { } content && content.Written == written
            ? content : _content = new Content(written, Read(path));
    }

    private static Dictionary<string, string> Read(string path)
    {
        var hashes = new Dictionary<string, string>();
        foreach (var (index, line) in File.ReadAllLines(path).Index())
        {
            if (line.Trim() is "" || line.StartsWith('#'))
                continue;
            if (line.Trim().Split(':', 2) is not [{ Length: > 0 } name, var hash] || !IsHash(hash))
                throw new InvalidDataException($"Line {index + 1} of {path} is not NAME:HASH. Make one with: benchmark "
                    + "pages password NAME.");
            hashes[name] = hash;
        }
        return hashes;
    }

    // The hasher would throw in the middle of a request.
    private static bool IsHash(string text) =>
        Convert.TryFromBase64String(text, new byte[text.Length], out var bytes) && bytes > 16;

    /// <param name="Written">When the file was written.</param>
    /// <param name="Hashes">The hash of each person.</param>
    private sealed record Content(DateTime Written, Dictionary<string, string> Hashes)
    {
        private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

        /// <summary>What was accepted: a browser sends name and password with every request.</summary>
        public ConcurrentDictionary<string, bool> Accepted { get; } = [];

        // Under a key of this process, so that its memory holds no password and no hash that is quick to guess from.
        public string ProofOf(string name, string password) => Convert.ToHexString(
            HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{name}\n{password}")));
    }
}
