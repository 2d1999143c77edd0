using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>The rows of one query: the first come with the answer, the rest in chunks.</summary>
internal sealed record EmulatedResult(
    string QueryId, string Sql, IReadOnlyList<EmulatedColumn> Columns, IReadOnlyList<string?[]> Rows, int InlineRows,
    int ChunkRows)
{
    public IEnumerable<string?[]> Inline => Rows.Take(InlineRows);

    public IReadOnlyList<string?[][]> Chunks { get; } = [.. Rows.Skip(InlineRows).Chunk(ChunkRows)];

    // Rows are joined by commas and have no brackets around them. The driver's parser of chunks knows no \u00e9: text
    // is sent as it is, which no encoder of System.Text.Json does for characters beyond U+FFFF.
    public static string ChunkText(IEnumerable<string?[]> rows) =>
        string.Join(',', rows.Select(row => $"[{string.Join(',', row.Select(CellText))}]"));

    public static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }

    private static string CellText(string? value)
    {
        if (value is null)
            return "null";
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        return text.Append('"').ToString();
    }
}
