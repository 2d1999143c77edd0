using System.Text;

namespace Benchmark.Tests.Support;

/// <summary>
/// A tiny reader of RFC 4180, written from the RFC and not from our writer; NULL is an unquoted empty field.
/// </summary>
public static class Rfc4180
{
    public static List<string?[]> Parse(byte[] utf8)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8);
        var rows = new List<string?[]>();
        var row = new List<string?>();
        var position = 0;
        while (position < text.Length)
        {
            row.Add(text[position] == '"' ? Quoted(text, ref position) : Bare(text, ref position));
            var separator = text[position++];
            if (separator == ',')
                continue;
            if (separator != '\n')
                throw new FormatException($"'{separator}' after a field at {position}.");
            rows.Add([.. row]);
            row.Clear();
        }
        if (row.Count > 0)
            throw new FormatException("The last row has no end.");
        return rows;
    }

    private static string? Bare(string text, ref int position)
    {
        var end = text.AsSpan(position).IndexOfAny(",\n");
        var field = text.Substring(position, end);
        if (field.AsSpan().ContainsAny("\"\r"))
            throw new FormatException($"A bare field holds a quote or CR: {field}");
        position += end;
        return field.Length == 0 ? null : field;
    }

    private static string Quoted(string text, ref int position)
    {
        var field = new StringBuilder();
        for (position++; ; position++)
        {
            if (text[position] == '"' && text[++position] != '"')
                return field.ToString();
            field.Append(text[position]);
        }
    }
}
