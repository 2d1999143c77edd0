using Benchmark.Data.Dialect;

namespace Benchmark.Data.Reading;

/// <summary>Finds a carriage return outside quotes. Slow, so call it only when one is known to exist.</summary>
internal static class LineEnds
{
    /// <summary>Line of the first carriage return outside quotes; null when every one is inside.</summary>
    public static long? FirstCarriageReturn(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 1 << 17,
        });
        var line = 1L;
        var quoted = false;
        for (var value = file.ReadByte(); value >= 0; value = file.ReadByte())
        {
            if (value == CsvDialect.Quote)
                quoted = !quoted;
            else if (value == CsvDialect.LineFeed)
                line++;
            else if (value == CsvDialect.CarriageReturn && !quoted)
                return line;
        }
        return null;
    }
}
