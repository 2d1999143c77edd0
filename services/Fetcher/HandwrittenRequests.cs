using System.Net.Mime;
using System.Runtime.Serialization;
using System.Text.Json;
using Benchmark.Contracts;
using MassTransit;
using MassTransit.Serialization;

namespace Benchmark.Fetcher;

/// <summary>
/// Reads a request as a person pastes it into the dashboard: bare JSON, without an envelope. What is no request is
/// refused in words that say what to send; they stand in the message's header <c>MT-Fault-Message</c> in fetcher_error.
/// </summary>
internal sealed class HandwrittenRequests : ISerializerFactory, IMessageDeserializer
{
    // A few names and a sentence. More is a mistake, and would travel on into the manifest and the reports.
    private const int MostBytes = 16 * 1024;

    private const string WhatToSend = """
        Send {"valueStream": "value_stream_1", "model": "model_x"}, with the names of the registry. Also allowed are "requestedBy" and "reason" (text), "force" (true or false) and "runId" (the GUID of a run; without it this is a run of its own).
        """;

    private readonly SystemTextJsonRawMessageSerializer _json = new();

    public ContentType ContentType => _json.ContentType;

    public IMessageSerializer CreateSerializer() => _json;

    public IMessageDeserializer CreateDeserializer() => this;

    public ConsumeContext Deserialize(ReceiveContext receiveContext)
    {
        RefuseNonsense(receiveContext.Body.GetBytes());
        return _json.Deserialize(receiveContext);
    }

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        RefuseNonsense(body.GetBytes());
        return _json.Deserialize(body, headers, destinationAddress);
    }

    public MessageBody GetMessageBody(string text) => _json.GetMessageBody(text);

    public void Probe(ProbeContext context) => _json.Probe(context);

    private static void RefuseNonsense(byte[] body)
    {
        if (body.Length > MostBytes)
            throw Nonsense($"It has {body.Length} bytes, and at most {MostBytes} are allowed.");
        var request = Read(body);
        if (string.IsNullOrWhiteSpace(request?.ValueStream) || string.IsNullOrWhiteSpace(request.Model))
            throw Nonsense("It names no value stream, or no model.");
        if (request.RunId == Guid.Empty)
            throw Nonsense("Its runId is all zeros, which is no run.");
    }

    private static RefreshModel? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<RefreshModel>(body, SystemTextJsonMessageSerializer.Options);
        }
        catch (JsonException e)
        {
            throw Nonsense(e.Message);
        }
    }

    // Without an inner exception, whose words would be written into the header in place of these.
    private static SerializationException Nonsense(string why) =>
        new($"This is no request to refresh a model. {why} {WhatToSend}");
}
