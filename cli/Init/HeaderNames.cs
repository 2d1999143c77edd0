using System.Text.RegularExpressions;

namespace Benchmark.Cli.Init;

/// <summary>Names of columns that are not what the header of a CSV file says.</summary>
internal static partial class HeaderNames
{
    /// <summary>Why each name is another than its header's field, by name.</summary>
    /// <param name="header">The fields of the header.</param>
    /// <param name="names">The names that DuckDB has given.</param>
    public static IReadOnlyDictionary<string, string> Remarks(
        IReadOnlyList<string> header, IReadOnlyList<string> names)
    {
        var remarks = new Dictionary<string, string>();
        if (header.Count != names.Count || AreMadeUp(names))
            return remarks;
        for (var i = 0; i < names.Count; i++)
        {
            if (header[i] != names[i])
                remarks[names[i]] = Remark([.. header.Take(i)], header[i], names[i], isLast: i == names.Count - 1);
        }
        return remarks;
    }

    /// <summary>Whether they are those of a file without a header.</summary>
    public static bool AreMadeUp(IReadOnlyList<string> names) => names.All(name => MadeUp().IsMatch(name));

    private static string Remark(IReadOnlyList<string> before, string written, string name, bool isLast)
    {
        var trimmed = written.Trim();
        if (trimmed.Length == 0)
            return $"column {before.Count + 1} of the header has no name, and DuckDB makes this one"
                + (before is [] ? ": perhaps the row numbers of pandas; then write the file with index=False"
                    : isLast ? ": perhaps a delimiter ends each line; then leave it out in the query" : "");
        if (before.FirstOrDefault(other => other.Trim() == trimmed) is not null)
            return $"the header has '{trimmed}' more than once, and DuckDB numbers them by their order: rename it "
                + "where the file is made";
        var like = before.Select(other => other.Trim())
            .FirstOrDefault(other => other.Equals(trimmed, StringComparison.OrdinalIgnoreCase));
        if (like is not null)
            return $"the header has '{like}' and '{trimmed}', which are one name to DuckDB, and it calls this one so";
        return trimmed == name ? $"'{written}' in the header, without its blanks" : $"'{written}' in the header";
    }

    [GeneratedRegex(@"\Acolumn\d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex MadeUp();
}
