namespace Benchmark.Fetcher.Sources;

/// <summary>
/// Accepts one SELECT and nothing else; knows comments, text literals and quoted names well enough for that.
/// </summary>
internal static class SingleSelect
{
    private const string Hint = "Write one query that starts with SELECT or WITH.";

    /// <summary>The query without what surrounds it: white space and a last semicolon.</summary>
    /// <exception cref="FetchRefusedException">It is anything but one SELECT.</exception>
    public static string Require(string sql, bool backslashEscapes)
    {
        var position = 0;
        var first = "";
        var end = -1;
        while (position < sql.Length)
        {
            var start = position;
            if (SkipBlank(sql, ref position, backslashEscapes))
                continue;
            if (end >= 0)
                throw new FetchRefusedException("The query holds more than one statement.", Hint);
            if (sql[position] == ';')
                (end, position) = (position, position + 1);
            else if (char.IsLetter(sql[position]))
                SkipWord(sql, ref position, backslashEscapes);
            else if (!SkipQuoted(sql, ref position, backslashEscapes))
                position++;
            // An opening bracket may stand before the verb.
            if (first.Length == 0 && end < 0 && sql[start] != '(')
                first = sql[start..position];
        }
        if (first.ToUpperInvariant() is not ("SELECT" or "WITH"))
            throw new FetchRefusedException(
                first.Length == 0
                    ? "The query is empty." : $"The query starts with '{first}'; only SELECT is run.", Hint);
        return sql[..(end < 0 ? sql.Length : end)].Trim();
    }

    // White space or a comment.
    private static bool SkipBlank(string sql, ref int position, bool slashComments)
    {
        var rest = sql.AsSpan(position);
        if (char.IsWhiteSpace(rest[0]))
            position++;
        else if (rest.StartsWith("--") || (slashComments && rest.StartsWith("//")))
            position += rest.IndexOf('\n') is >= 0 and var line ? line + 1 : rest.Length;
        else if (rest.StartsWith("/*"))
            position += rest[2..].IndexOf("*/") is >= 0 and var close ? close + 4 : throw Unclosed("comment");
        else
            return false;
        return true;
    }

    private static void SkipWord(string sql, ref int position, bool backslashEscapes)
    {
        var start = position;
        while (position < sql.Length && (char.IsLetterOrDigit(sql[position]) || sql[position] is '_' or '$'))
            position++;
        // E'…' is PostgreSQL's literal with escapes.
        if (position < sql.Length && sql[position] == '\'' && sql[start..position] is "e" or "E")
            SkipQuoted(sql, ref position, backslashEscapes: true);
    }

    // A text literal, a quoted name or a $tag$ literal; a doubled quote is two literals side by side, which is as good.
    private static bool SkipQuoted(string sql, ref int position, bool backslashEscapes)
    {
        var quote = sql[position];
        if (quote == '$')
            return SkipDollars(sql, ref position);
        if (quote is not ('\'' or '"' or '`'))
            return false;
        for (position++; position < sql.Length && sql[position] != quote; position++)
        {
            if (backslashEscapes && quote == '\'' && sql[position] == '\\')
                position++;
        }
        if (position++ >= sql.Length)
            throw Unclosed(quote == '\'' ? "text literal" : "name");
        return true;
    }

    private static bool SkipDollars(string sql, ref int position)
    {
        var length = sql.AsSpan(position + 1).IndexOf('$') + 2;
        var tag = sql.AsSpan(position, Math.Max(length, 1));
        if (length < 2 || tag[1..^1]
            .ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"))
            return false;
        var close = sql.IndexOf(tag.ToString(), position + length, StringComparison.Ordinal);
        position = close >= 0 ? close + length : throw Unclosed("text literal");
        return true;
    }

    private static FetchRefusedException Unclosed(string what) => new($"A {what} in the query is not closed.", Hint);
}
