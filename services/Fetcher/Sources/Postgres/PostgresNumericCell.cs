using System.Buffers.Binary;
using System.Globalization;
using Benchmark.Data;
using Benchmark.Data.Writing;

namespace Benchmark.Fetcher.Sources.Postgres;

/// <summary>
/// numeric, written with every digit that it has: System.Decimal holds 28 and no NaN. Sent as four numbers, how many
/// groups of four digits, the power of 10,000 of the first, the sign, the digits after the point, and then the groups
/// that are not zero.
/// </summary>
internal readonly struct PostgresNumericCell : IFieldCell
{
    private const int Group = 4;

    public static ColumnType Type => ColumnType.Decimal;

    public static void Write(ReadOnlySpan<byte> field, CsvBlock block)
    {
        if (field.Length < 8 || field.Length != 8 + sizeof(short) * Number(field, 0))
            throw new FormatException($"The value has {field.Length} bytes, which no numeric has.");
        var sign = (ushort)Number(field, 2);
        switch (sign)
        {
            case 0xC000:
                block.Add("NaN"u8);
                break;
            case 0xD000:
                block.Add("Infinity"u8);
                break;
            case 0xF000:
                block.Add("-Infinity"u8);
                break;
            default:
                WriteDigits(field[8..], negative: sign == 0x4000, Number(field, 1), Number(field, 3), block);
                break;
        }
    }

    private static void WriteDigits(ReadOnlySpan<byte> groups, bool negative, int weight, int scale, CsvBlock block)
    {
        var before = Math.Max(weight + 1, 1);
        var room = block.Room(before * Group + scale + Group + 2);
        var length = 0;
        if (negative)
            room[length++] = (byte)'-';
        // No zeros before the first digit, but one digit before the point.
        (weight < 0 ? 0 : At(groups, 0))
            .TryFormat(room[length..], out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        for (var i = 1; i < before; i++, length += Group)
            WriteGroup(room[length..], At(groups, i));
        if (scale > 0)
        {
            room[length++] = (byte)'.';
            for (var written = 0; written < scale; written += Group)
                WriteGroup(room[(length + written)..], At(groups, weight + 1 + written / Group));
            length += scale;
        }
        block.Advance(length);
    }

    // Groups of zeros at either end are not sent.
    private static int At(ReadOnlySpan<byte> groups, int index) =>
        index >= 0 && index < groups.Length / sizeof(short) ? Number(groups, index) : 0;

    private static short Number(ReadOnlySpan<byte> field, int index) =>
        BinaryPrimitives.ReadInt16BigEndian(field[(index * sizeof(short))..]);

    private static void WriteGroup(Span<byte> room, int group)
    {
        for (var i = Group - 1; i >= 0; i--, group /= 10)
            room[i] = (byte)('0' + group % 10);
    }
}
