using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Writing;

/// <summary>Text and bytes in the dialect: UTF-8, quotes only where needed, the empty string always quoted.</summary>
internal static class CsvText
{
    // UTF-8 needs at most three bytes for one UTF-16 code unit; quotes at most double what is one byte.
    private const int BytesPerChar = 3;
    private const int LongestAtOnce = CsvBlock.MostRoom / BytesPerChar - 2;

    private static readonly SearchValues<byte> s_special = SearchValues.Create(
        CsvDialect.Encoding.GetBytes(CsvDialect.NeedQuotes));
    private static readonly SearchValues<char> s_specialChars = SearchValues.Create(CsvDialect.NeedQuotes);

    /// <summary>One field of text.</summary>
    /// <exception cref="FormatException">It is not valid Unicode, so it cannot be UTF-8.</exception>
    public static void AddText(CsvBlock block, ReadOnlySpan<char> text)
    {
        if (text.Length > LongestAtOnce)
        {
            AddQuoted(block, text, needed: text.ContainsAny(s_specialChars));
            return;
        }
        var room = block.Room(text.Length * BytesPerChar + 2);
        if (Utf8.FromUtf16(text, room, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
            throw NotUnicode();
        if (length > 0 && !room[..length].ContainsAny(s_special))
            block.Advance(length);
        else
            AddQuoted(block, text, needed: true);
    }

    /// <summary>One field of text that is UTF-8 already.</summary>
    public static void AddUtf8(CsvBlock block, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.ContainsAny(s_special))
        {
            block.Add(CsvDialect.Quote);
            for (var quote = text.IndexOf(CsvDialect.Quote); quote >= 0; quote = text.IndexOf(CsvDialect.Quote))
            {
                block.Add(text[..(quote + 1)]);
                block.Add(CsvDialect.Quote);
                text = text[(quote + 1)..];
            }
            block.Add(text);
            block.Add(CsvDialect.Quote);
        }
        else
        {
            block.Add(text);
        }
    }

    /// <summary>One field of bytes, as base64.</summary>
    public static void AddBase64(CsvBlock block, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            block.Add(CsvDialect.EmptyString);
        // A multiple of three, so that only the last piece is padded.
        const int Piece = 3 * 64 * 1024;
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(Piece, bytes.Length)];
            Base64.EncodeToUtf8(
                piece, block.Room(Base64.GetMaxEncodedToUtf8Length(piece.Length)), out _, out var written);
            block.Advance(written);
            bytes = bytes[piece.Length..];
        }
    }

    private static void AddQuoted(CsvBlock block, ReadOnlySpan<char> text, bool needed)
    {
        if (needed)
            block.Add(CsvDialect.Quote);
        while (!text.IsEmpty)
        {
            // Up to and including the next quote, which is doubled, but never more than fits.
            var piece = text[..Math.Min(text.Length, LongestAtOnce)];
            var quote = piece.IndexOf((char)CsvDialect.Quote);
            if (quote >= 0)
                piece = piece[..(quote + 1)];
            else if (piece.Length < text.Length && char.IsHighSurrogate(piece[^1]))
                piece = piece[..^1];
            var room = block.Room(piece.Length * BytesPerChar);
            if (Utf8.FromUtf16(
                piece, room, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
                throw NotUnicode();
            block.Advance(length);
            if (quote >= 0)
                block.Add(CsvDialect.Quote);
            text = text[piece.Length..];
        }
        if (needed)
            block.Add(CsvDialect.Quote);
    }

    private static FormatException NotUnicode() => new("The text holds half a surrogate pair, which is not Unicode.");
}
