using System.Buffers.Binary;
using System.Text;

namespace Benchmark.Tests.Support;

/// <summary>A protobuf message read by the numbers of its fields, without its schema.</summary>
public sealed class ProtobufMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    public ProtobufMessage(byte[] bytes)
    {
        var rest = bytes.AsSpan();
        while (rest.Length > 0)
        {
            var key = Integer(ref rest);
            var (number, content) = ((int)key & 7) switch
            {
                0 => (Integer(ref rest), Array.Empty<byte>()),
                1 => (BinaryPrimitives.ReadUInt64LittleEndian(Take(ref rest, 8)), []),
                2 => (0UL, Take(ref rest, (int)Integer(ref rest))),
                5 => (BinaryPrimitives.ReadUInt32LittleEndian(Take(ref rest, 4)), []),
                var type => throw new InvalidDataException($"There is no wire type {type}."),
            };
            _fields.Add(((int)(key >> 3), number, content));
        }
    }

    public bool Has(int field) => _fields.Exists(f => f.Field == field);

    public IEnumerable<ProtobufMessage> Messages(int field) =>
        _fields.Where(f => f.Field == field).Select(f => new ProtobufMessage(f.Bytes));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public ulong Number(int field) => _fields.FindLast(f => f.Field == field).Number;

    private byte[] Bytes(int field) => _fields.FindLast(f => f.Field == field).Bytes ?? [];

    private static byte[] Take(ref Span<byte> rest, int length)
    {
        var taken = rest[..length].ToArray();
        rest = rest[length..];
        return taken;
    }

    private static ulong Integer(ref Span<byte> rest)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = rest[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
