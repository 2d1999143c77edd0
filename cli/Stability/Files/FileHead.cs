using System.Text;

namespace Benchmark.Cli.Stability.Files;

/// <summary>The form of a CSV file, recognised from its first rows.</summary>
/// <remarks>
/// DuckDB recognises one, too, but takes a header above decimal commas, <c>a;b</c> over <c>1,5;2,5</c>, for a line to
/// skip.
/// </remarks>
internal sealed record FileHead
{
    private const int Length = 1 << 20;
    private const int Rows = 2000;
    private const double NearlyAll = 0.9;

    // A file with semicolons has many commas in its numbers; a file with commas has few semicolons.
    private static readonly char[] s_delimiters = ['\t', ';', '|', ','];

    /// <summary>Between the fields of a row.</summary>
    public required char Delimiter { get; init; }

    /// <summary>Around fields that hold a delimiter.</summary>
    public required char Quote { get; init; }

    /// <summary>Empty lines before the first row.</summary>
    public required int BlankLines { get; init; }

    /// <summary>Whether the first row is so long that its end was not seen.</summary>
    public required bool IsCut { get; init; }

    /// <summary>The fields of the first row; empty for an empty file.</summary>
    public required IReadOnlyList<string> First { get; init; }

    /// <summary>Some rows after it.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Sample { get; init; }

    /// <summary>Reads the start of a file.</summary>
    public static FileHead Of(Stream stream, Encoding encoding, char? delimiter)
    {
        var text = Start(stream, encoding, out var isWhole);
        var blankLines = BlankLinesOf(text);
        text = text.TrimStart('\r', '\n');
        var quote = QuoteOf(text);
        var candidates = (delimiter is { } told ? [told] : s_delimiters)
            .Select(candidate => (Delimiter: candidate, Rows: Split(text, candidate, quote, isWhole)))
            .ToList();
        var best = candidates.Find(candidate => Fit(candidate.Rows) >= NearlyAll);
        if (best.Rows is null)
            best = candidates.MaxBy(candidate => Fit(candidate.Rows));
        if (delimiter is null && Fit(best.Rows) == 0)
            // One column: any delimiter that none of its rows holds.
            best = candidates.OrderByDescending(candidate => candidate.Delimiter == ',')
                .MaxBy(candidate => candidate.Rows.Count(row => row.Count == 1));
        return new FileHead
        {
            Delimiter = best.Delimiter,
            Quote = quote,
            BlankLines = blankLines,
            IsCut = !isWhole && best.Rows.Count == 0,
            First = best.Rows.FirstOrDefault() ?? [],
            Sample = [.. best.Rows.Skip(1)],
        };
    }

    // The share of the rows that have as many fields as the first, where that has several.
    private static double Fit(List<List<string>> rows) =>
        rows.Count == 0 || rows[0].Count < 2 ? 0 : (double)rows.Count(row => row.Count == rows[0].Count) / rows.Count;

    private static string Start(Stream stream, Encoding encoding, out bool isWhole)
    {
        using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true);
        var text = new char[Length];
        var length = reader.ReadBlock(text);
        isWhole = length < text.Length;
        return new string(text, 0, length);
    }

    private static int BlankLinesOf(string text)
    {
        var blank = text.AsSpan(0, text.AsSpan().IndexOfAnyExcept('\r', '\n') is >= 0 and var end ? end : text.Length);
        return blank.Count('\r') + blank.Count('\n') - blank.Count("\r\n");
    }

    private static char QuoteOf(string text)
    {
        var first = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length);
        return first is ['\'', .., '\''] && !text.Contains('"') ? '\'' : '"';
    }

    private static List<List<string>> Split(string text, char delimiter, char quote, bool isWhole)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var field = new StringBuilder();
        var inQuotes = false;
        for (var i = 0; i < text.Length && rows.Count < Rows; i++)
        {
            var c = text[i];
            if (inQuotes)
            {
                if (c != quote)
                    field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == quote)
                    field.Append(text[i++]);
                else
                    inQuotes = false;
            }
            else if (c == quote && field.Length == 0)
                inQuotes = true;
            else if (c == delimiter)
                EndField();
            else if (c is '\r' or '\n')
                EndRow();
            else
                field.Append(c);
        }
        // A row that the end of the start has cut is none.
        if (isWhole)
            EndRow();
        return rows;

        void EndField()
        {
            row.Add(field.ToString());
            field.Clear();
        }

        void EndRow()
        {
            if (row.Count == 0 && field.Length == 0)
                return;
            EndField();
            rows.Add(row);
            row = [];
        }
    }
}
