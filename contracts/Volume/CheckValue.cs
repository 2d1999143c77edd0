using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmark.Contracts.Volume;

/// <summary>What a check observed or allows: a number, which is a number in JSON, or text.</summary>
[JsonConverter(typeof(CheckValueConverter))]
public readonly record struct CheckValue
{
    private readonly string? _text;

    private CheckValue(double number, string? text) => (Number, _text) = (number, text);

    /// <summary>The number; meaningless when <see cref="IsNumber"/> is false.</summary>
    public double Number { get; }

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => _text is null;

    /// <summary>A number.</summary>
    public static implicit operator CheckValue(double number) => new(number, null);

    /// <summary>Text.</summary>
    public static implicit operator CheckValue(string text) => new(0, text);

    /// <summary>The number in invariant form, or the text.</summary>
    public override string ToString() => _text ?? Number.ToString("0.######", CultureInfo.InvariantCulture);

    private sealed class CheckValueConverter : JsonConverter<CheckValue>
    {
        public override CheckValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : reader.GetString() ?? "";

        public override void Write(Utf8JsonWriter writer, CheckValue value, JsonSerializerOptions options)
        {
            // JSON has no NaN and no infinities, so they are written as text.
            if (value.IsNumber && double.IsFinite(value.Number))
                writer.WriteNumberValue(value.Number);
            else
                writer.WriteStringValue(value.ToString());
        }
    }
}
