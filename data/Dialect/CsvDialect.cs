using System.Text;

namespace Benchmark.Data.Dialect;

/// <summary>
/// The form of a file of the dialect <c>benchmark-csv/1</c>, for those who write, read and add up files:
/// UTF-8 without a byte order mark, a header, one line feed after every row. NULL is an empty field without quotes.
/// </summary>
internal static class CsvDialect
{
    /// <summary>Between the fields of a row.</summary>
    public const byte Separator = (byte)',';

    /// <summary>Around the empty string and what holds one of <see cref="NeedQuotes"/>; doubled inside.</summary>
    public const byte Quote = (byte)'"';

    /// <summary>After every row, the last one too.</summary>
    public const byte LineFeed = (byte)'\n';

    /// <summary>Part of a value or a mistake: no row ends with it.</summary>
    public const byte CarriageReturn = (byte)'\r';

    /// <summary>What a field can only hold in quotes.</summary>
    public const string NeedQuotes = ",\"\r\n";

    /// <summary>The encoding.</summary>
    public static Encoding Encoding => Encoding.UTF8;

    /// <summary>The byte order mark, which files of the dialect do not have.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The empty string, which is not NULL.</summary>
    public static ReadOnlySpan<byte> EmptyString => "\"\""u8;
}
