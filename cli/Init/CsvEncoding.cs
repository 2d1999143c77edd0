using System.Text;
using Benchmark.Cli.Stability.Files;

namespace Benchmark.Cli.Init;

/// <summary>How delimited text is encoded: in one of the three ways that DuckDB reads without an extension.</summary>
/// <param name="Name">Its name in DuckDB.</param>
/// <param name="Encoding">The same in .NET.</param>
/// <param name="Why">What says so; null where nothing has to be said.</param>
internal sealed record CsvEncoding(string Name, Encoding Encoding, string? Why)
{
    private static readonly CsvEncoding s_utf8 = new("utf-8", Encoding.UTF8, null);

    /// <summary>That of some files, which is one.</summary>
    /// <exception cref="UsageException">DuckDB does not read it, or the files differ.</exception>
    public static CsvEncoding Of(IReadOnlyList<string> paths, CancellationToken ct)
    {
        (string Path, CsvEncoding Encoding)? first = null;
        foreach (var path in paths)
        {
            // Of ASCII alone, a file is in any.
            if (Of(path, FileBytes.Of(path, ct)) is not { } encoding)
                continue;
            if (first is { } other && other.Encoding.Name != encoding.Name)
                throw new UsageException(
                    $"{other.Path} is encoded in {other.Encoding.Name}, and {path} in {encoding.Name}: as one source "
                    + $"they need one encoding. Convert them to UTF-8. {encoding.Why ?? other.Encoding.Why}");
            first ??= (path, encoding);
        }
        return first?.Encoding ?? s_utf8;
    }

    // Null when it is ASCII.
    private static CsvEncoding? Of(string path, FileBytes bytes)
    {
        if (bytes.Marked is UnicodeEncoding utf16)
            return utf16.Equals(Encoding.Unicode)
                ? new CsvEncoding("utf-16", utf16, $"{path} begins with the mark of UTF-16.")
                : throw NotRead(path, bytes, "UTF-16BE", "begins with the mark of big-endian UTF-16");
        if (bytes.NulLine is { } line)
            throw NotRead(
                path, bytes, "UTF-16LE", $"has a NUL byte in line {line}: it is UTF-16 without its mark, or no text");
        if (bytes.NotUtf8 is not { } place)
            return bytes.BeginsAsUtf8 ? s_utf8 : null;
        if (bytes.BeginsAsUtf8)
            throw new UsageException(
                $"{path} is UTF-8 up to {place}, which is not: two encodings are mixed. Correct it where it is made.");
        if (bytes.HasControls)
            throw NotRead(
                path, bytes, "WINDOWS-1252", $"is not UTF-8 ({place}), and by bytes from 0x80 to 0x9F not Latin-1");
        return new CsvEncoding("latin-1", Encoding.Latin1,
            $"{path} is not UTF-8: {place} is {Encoding.Latin1.GetString([place.Value])} in Latin-1. Look whether "
            + "texts with such letters are right.");
    }

    private static UsageException NotRead(string path, FileBytes bytes, string name, string why) => new(
        $"{path} {why}. It looks like {name}, which DuckDB does not read. Convert it to UTF-8: "
        + Conversion.Of(path, bytes, $"iconv -f {name} -t UTF-8"));
}
