using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>Who may ask: log in, the tokens of sessions, their end and renewal.</summary>
internal sealed class Sessions
{
    public const string User = "BENCHMARK";
    public const string Password = "right";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _masterOf = [];
    private readonly HashSet<string> _expired = [];
    private int _tokens;

    public int Logins { get; private set; }

    public int Renewals { get; private set; }

    public int Ended { get; private set; }

    public IResult LogIn(JsonElement body)
    {
        var data = body.GetProperty("data");
        lock (_lock)
        {
            Logins++;
            // What a key has signed is taken for right: its fingerprint is told by a fault.
            var signed = Text(data, "AUTHENTICATOR") == "snowflake_jwt" && Text(data, "TOKEN") is { Length: > 0 };
            if (!signed && Text(data, "TOKEN") is not null)
                return Answers.Failure("390303", "Invalid OAuth access token. [a0b1c2d3]");
            if (!signed && (Text(data, "LOGIN_NAME") != User || Text(data, "PASSWORD") != Password))
                return Answers.Failure("390100", "Incorrect username or password was specified.");
            var (token, master) = ($"ST{++_tokens}", $"MT{_tokens}");
            _masterOf[token] = master;
            return Answers.Login(token, master);
        }
    }

    /// <summary>Why this request is not served, or null.</summary>
    public IResult? Refusal(HttpRequest request)
    {
        var token = Token(request);
        lock (_lock)
        {
            if (!_masterOf.ContainsKey(token))
                return Answers.Failure("390111", "Session no longer exists. New login required to access the service.");
            return _expired.Contains(token)
                ? Answers.Failure("390112", "Session token has expired. Renew it with the master token.")
                : null;
        }
    }

    public IResult Renew(HttpRequest request, JsonElement body)
    {
        var old = Text(body, "oldSessionToken") ?? "";
        lock (_lock)
        {
            if (Text(body, "requestType") != "RENEW" || !_masterOf.TryGetValue(old, out var master)
                || Token(request) != master)
                return Answers.Failure("390114", "Authentication token has expired. The user must authenticate again.");
            _masterOf.Remove(old);
            _expired.Remove(old);
            var token = $"ST{++_tokens}";
            _masterOf[token] = master;
            Renewals++;
            return Answers.Renewed(token, master);
        }
    }

    public void Expire(HttpRequest request)
    {
        lock (_lock)
            _expired.Add(Token(request));
    }

    public void Forget(HttpRequest request)
    {
        lock (_lock)
            Ended += _masterOf.Remove(Token(request)) ? 1 : 0;
    }

    // Authorization: Snowflake Token="ST1"
    private static string Token(HttpRequest request) =>
        request.Headers.Authorization.ToString().Split('"') is ["Snowflake Token=", var token, ""] ? token : "";

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() : null;
}
