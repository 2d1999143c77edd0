using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Benchmark.Hosting.Broker;

namespace Benchmark.Cli.Errors;

/// <summary>A message that a service has given up on, for people.</summary>
internal sealed record FailedMessage
{
    private const int HashLength = 12;

    /// <summary>The queue of the service; the message waits in this queue's <c>_error</c>.</summary>
    public required string Queue { get; init; }

    /// <summary>Its id; of a message that has none, the beginning of the SHA-256 of its body.</summary>
    public required string Id { get; init; }

    /// <summary>What kind it is, such as <c>RefreshModel</c>; null when it does not say.</summary>
    public string? Message { get; init; }

    public string? RunId { get; init; }

    public string? ValueStream { get; init; }

    public string? Model { get; init; }

    /// <summary>Why the service gave up.</summary>
    public string? Cause { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>On one line, with tabs.</summary>
    public string Line(DateTimeOffset now)
    {
        string[] fields =
        [
            $"{Queue}_error",
            Id,
            Message ?? "unknown",
            Model is null ? "no model" : $"{ValueStream}/{Model}",
            RunId is null ? "no run" : $"run {RunId}",
            FailedAt is { } at ? $"{Format.Age(now - at)} ago" : "no time",
            Cause ?? "no cause",
        ];
        return string.Join('\t', fields.Select(Format.OnOneLine));
    }

    public static FailedMessage Of(SetAside message)
    {
        var envelope = Json(message.Body);
        var content = Property(envelope, "message") ?? envelope;
        return new FailedMessage
        {
            Queue = message.Queue,
            Id = message.Properties.MessageId is { Length: > 0 } id
                ? id : Convert.ToHexStringLower(SHA256.HashData(message.Body))[..HashLength],
            Message = Kind(envelope) ?? (message.Queue == Contracts.Queues.Fetcher ? "RefreshModel" : null),
            RunId = Text(content, "runId"),
            ValueStream = Text(content, "valueStream") ?? Text(Property(content, "refresh"), "valueStream"),
            Model = Text(content, "model") ?? Text(Property(content, "refresh"), "model"),
            Cause = Header(message, "MT-Fault-Message"),
            FailedAt = DateTimeOffset.TryParse(
                Header(message, "MT-Fault-Timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var at) ? at.ToUniversalTime() : null,
        };
    }

    // What is no JSON waits there for just this reason.
    private static JsonElement? Json(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // urn:message:Benchmark.Contracts:RefreshModel
    private static string? Kind(JsonElement? envelope) =>
        Property(envelope, "messageType") is { ValueKind: JsonValueKind.Array } types && types.GetArrayLength() > 0
            ? $"{types[0]}".Split(':')[^1] : null;

    private static JsonElement? Property(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement? json, string name) =>
        Property(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static string? Header(SetAside message, string name) =>
        message.Properties.Headers?.TryGetValue(name, out var value) is true
            ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString() : null;
}
