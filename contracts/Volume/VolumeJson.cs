using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmark.Contracts.Volume;

/// <summary>Reads and writes the JSON files on the volume and the JSON of the command line.</summary>
public static class VolumeJson
{
    /// <summary>snake_case keys, absent instead of null, UTC times with <c>Z</c>, indented for people.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The files are never embedded in HTML, so letters beyond ASCII need no \u escapes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
        Converters = { new UtcConverter() },
    };

    /// <summary>Reads a document that a service wrote.</summary>
    /// <exception cref="InvalidDataException">The file is not such a document; the message names file and
    /// place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T Read<T>(string path) => Parse<T>(path, File.ReadAllBytes(path));

    /// <summary>Reads a document that a service wrote, and the SHA-256 of its bytes, lower-case hex.</summary>
    /// <inheritdoc cref="Read{T}" path="/exception"/>
    public static (T Document, string Sha256) ReadWithSha256<T>(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return (Parse<T>(path, bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>Writes a document as a <see cref="WholeFile"/>: durable, and never visible half written.</summary>
    /// <exception cref="IOException">The file cannot be written; its old content is still there.</exception>
    public static void Write<T>(string path, T document)
    {
        using var prepared = Prepare(path, document);
        prepared.Replace();
    }

    /// <summary>Writes a document beside the file that it will replace.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static PreparedFile Prepare<T>(string path, T document) => WholeFile.Prepare(path, stream =>
    {
        JsonSerializer.Serialize(stream, document, Options);
        stream.WriteByte((byte)'\n');
    });

    private static T Parse<T>(string path, byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)
                ?? throw new InvalidDataException($"{path} contains 'null' instead of a {typeof(T).Name}.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not a valid {typeof(T).Name}: {e.Message}", e);
        }
    }

    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(
                value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
    }
}
