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

    // A null where there must be a value is damage; the default only finds what is missing.
    private static readonly JsonSerializerOptions s_reading = new(Options) { RespectNullableAnnotations = true };

    /// <summary>Reads a document that a service wrote.</summary>
    /// <exception cref="InvalidDataException">The file is not such a document; the message names file and
    /// place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T Read<T>(string path) => Parse<T>(path, ReadBytes(path));

    /// <summary>Reads a document that a service wrote, and the SHA-256 of its bytes, lower-case hex.</summary>
    /// <inheritdoc cref="Read{T}" path="/exception"/>
    public static (T Document, string Sha256) ReadWithSha256<T>(string path)
    {
        var bytes = ReadBytes(path);
        return (Parse<T>(path, bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>Writes a document as a <see cref="WholeFile"/>: durable, and never visible half written.</summary>
    /// <exception cref="IOException">The file cannot be written; its old content is still there.</exception>
    public static void Write<T>(string path, T document) => WholeFile.Write(path, Writer(document));

    /// <summary>Writes a document that nobody looks for yet.</summary>
    /// <inheritdoc cref="WholeFile.TryCreate"/>
    public static bool TryCreate<T>(string path, T document) => WholeFile.TryCreate(path, Writer(document));

    /// <summary>Writes a document whose file does not exist yet, and makes it durable.</summary>
    /// <returns>The SHA-256 of its bytes, lower-case hex.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static string WriteNew<T>(string path, T document)
    {
        using var content = new MemoryStream();
        Writer(document)(content);
        WholeFile.WriteNew(path, stream => stream.Write(content.ToArray()));
        return Convert.ToHexStringLower(SHA256.HashData(content.ToArray()));
    }

    /// <summary>Writes a document beside the file that it will replace.</summary>
    /// <inheritdoc cref="WholeFile.Prepare"/>
    public static PreparedFile Prepare<T>(string path, T document, string? tag = null) =>
        WholeFile.Prepare(path, Writer(document), tag);

    /// <summary>Reads a document, if it is there.</summary>
    /// <returns>Null when it is not there.</returns>
    /// <inheritdoc cref="Read{T}" path="/exception"/>
    public static T? ReadIfThere<T>(string path)
        where T : class
    {
        try
        {
            return Read<T>(path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads a document, if it is there whole.</summary>
    /// <returns>Null when it is not there, or a part of it is.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static T? TryRead<T>(string path)
        where T : class
    {
        try
        {
            return ReadIfThere<T>(path);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static Action<Stream> Writer<T>(T document) => stream =>
    {
        JsonSerializer.Serialize(stream, document, Options);
        stream.WriteByte((byte)'\n');
    };

    /// <summary>Reads a regular file.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        using var file = PosixFile.Open(path);
        // A directory or a named pipe is no document, and must not be waited for.
        return file.Status.IsFile
            ? file.ReadToEnd() : throw new InvalidDataException($"{path} is not a regular file. Remove it.");
    }

    /// <summary>Reads a document from the content of its file.</summary>
    /// <exception cref="InvalidDataException">It is not such a document; the message names file and place.</exception>
    public static T Parse<T>(string path, byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, s_reading)
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
