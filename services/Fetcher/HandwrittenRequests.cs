using System.Net.Mime;
using System.Runtime.Serialization;
using System.Text.Json;
using Benchmark.Contracts;
using MassTransit;
using MassTransit.Serialization;

namespace Benchmark.Fetcher;

/// <summary>
/// Reads a request as a person pastes it into the dashboard: bare JSON, without an envelope. Anything else is
/// refused with a message that says what to send, which fetcher_error shows in the header <c>MT-Fault-Message</c>.
/// </summary>
internal sealed class HandwrittenRequests : ISerializerFactory, IMessageDeserializer
{
    // A few names and a sentence; anything longer is a mistake and would end up in manifest and reports.
    private const int MaxBytes = 16 * 1024;

    private const string ExpectedForm =
        """Send {"valueStream": "value_stream_1", "model": "model_x"}, with the names of the registry. """
        + """Also allowed are "requestedBy" and "reason" (text), "force" (true or false) """
        + """and "runId" (the GUID of a run; without it this is a run of its own).""";

    private readonly SystemTextJsonRawMessageSerializer _json = new();

    public ContentType ContentType => _json.ContentType;

    public IMessageSerializer CreateSerializer() => _json;

    public IMessageDeserializer CreateDeserializer() => this;

    public ConsumeContext Deserialize(ReceiveContext receiveContext)
    {
        RequireRequest(receiveContext.Body.GetBytes());
        return _json.Deserialize(receiveContext);
    }

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        RequireRequest(body.GetBytes());
        return _json.Deserialize(body, headers, destinationAddress);
    }

    public MessageBody GetMessageBody(string text) => _json.GetMessageBody(text);

    public void Probe(ProbeContext context) => _json.Probe(context);

    private static void RequireRequest(byte[] body)
    {
        if (body.Length > MaxBytes)
            throw Invalid($"It has {body.Length} bytes, and at most {MaxBytes} are allowed.");
        var request = Read(body);
        if (string.IsNullOrWhiteSpace(request?.ValueStream) || string.IsNullOrWhiteSpace(request.Model))
            throw Invalid("It names no value stream, or no model.");
        if (request.RunId == Guid.Empty)
            throw Invalid("Its runId is all zeros, which no run has.");
    }

    private static RefreshModel? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<RefreshModel>(body, SystemTextJsonMessageSerializer.Options);
        }
        catch (JsonException e)
        {
            throw Invalid(e.Message);
        }
    }

    // Without an inner exception, whose message would replace this one in the header.
    private static SerializationException Invalid(string why) =>
        new($"This is not a request to refresh a model. {why} {ExpectedForm}");
}
