using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Benchmark.Performance;

/// <summary>What was measured, as Markdown: the facts of the machine, the command, the rows.</summary>
internal sealed class Table(params IReadOnlyList<string> header)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Adds a row, and shows it on stderr at once: a scenario takes minutes.</summary>
    public void Add(params IReadOnlyList<string> cells)
    {
        Console.Error.WriteLine(string.Join("  ", header.Zip(cells, (name, cell) => $"{name}: {cell}")));
        _rows.Add(cells);
    }

    public string ToMarkdown(string command)
    {
        var text = new StringBuilder($"{Machine()}: `{command}`\n\n");
        Append(text, header);
        // All but the first column are numbers.
        Append(text, [.. header.Select((_, i) => i == 0 ? "---" : "---:")]);
        foreach (var row in _rows)
            Append(text, row);
        return text.ToString();
    }

    public static string Number(double value, int decimals = 0) =>
        value.ToString($"N{decimals}", CultureInfo.InvariantCulture);

    private static string Machine() => string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB, "
        + $"{RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}");

    private static void Append(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
