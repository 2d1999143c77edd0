using System.Globalization;
using System.Text;

namespace Benchmark.Data;

/// <summary>
/// Text of others, such as the name of a column, in a sentence of ours: what would break its line, or steer the
/// terminal that shows it, is written as in JSON.
/// </summary>
public static class Visible
{
    /// <summary>The text on one line.</summary>
    public static string Of(string text) => Escape(text, IsInvisible);

    /// <summary>The text with its tabs and line breaks.</summary>
    public static string Lines(string text) => Escape(text, c => c is not ('\n' or '\t') && IsInvisible(c));

    private static string Escape(string text, Func<char, bool> isEscaped)
    {
        if (!text.Any(isEscaped))
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (isEscaped(c))
                escaped.Append(Name(c));
            else
                escaped.Append(c);
        }
        return escaped.ToString();
    }

    private static string Name(char c) => c switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
    };

    // Controls, line and paragraph separators, and what turns the direction of the text behind it.
    private static bool IsInvisible(char c) => char.IsControl(c)
        || c is (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
