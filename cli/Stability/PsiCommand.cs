using System.CommandLine;
using Benchmark.Data.Stability;

namespace Benchmark.Cli.Stability;

/// <summary><c>benchmark psi</c>: the drift of data from a benchmark, bin by bin.</summary>
internal static class PsiCommand
{
    private const string AllConventions = "all";

    private static readonly Argument<string> s_reference =
        Arguments.Names<string>(
            "reference", "A CSV file, or a published model as value_stream/model.", ArgumentArity.ExactlyOne);

    private static readonly Argument<string> s_current =
        Arguments.Names<string>("current", "The CSV file to compare with it.", ArgumentArity.ExactlyOne);

    private static readonly Option<int?> s_bins = new("--bins")
    {
        Description =
            "Quantile bins of a numeric column, 2 to 1000 [default: 10]. Bins of a published model are frozen.",
        HelpName = "n",
    };

    private static readonly Option<string[]> s_columns = new("--column")
    {
        Description = "Only this column, with its bins; may be given several times.",
        HelpName = "name",
    };

    private static readonly Option<string> s_convention = new("--convention")
    {
        Description =
            "How a bin that is empty on one side is handled: "
            + $"{string.Join(", ", PsiConvention.All.Select(c => c.Name))};"
            + $" or {AllConventions}, to compare them.",
        HelpName = "name",
        DefaultValueFactory = _ => PsiConvention.Benchmark.Name,
    };

    static PsiCommand()
    {
        s_bins.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var bins) || bins is < 2 or > 1000))
                result.AddError($"--bins {token.Value}: allowed is an integer from 2 to 1000.");
        });
        s_convention.AcceptOnlyFromAmong([AllConventions, .. PsiConvention.All.Select(c => c.Name)]);
    }

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "psi", "Measure the drift of data from a benchmark: PSI / CSI of every column, bin by bin.")
        {
            s_reference, s_current, s_bins, s_columns, s_convention,
        };
        command.SetAction((parsed, ct) => Task.FromResult(Run(new Invocation(parsed, terminal), ct)));
        return command;
    }

    private static int Run(Invocation invocation, CancellationToken ct)
    {
        var current = invocation.Value(s_current)!;
        if (!File.Exists(current))
            throw new UsageException($"There is no file {current}.");
        var reference = PsiReference.Open(invocation, invocation.Value(s_reference)!, invocation.Value(s_bins), ct);
        var comparison = CsvComparison.Of(reference.Profile, current, ct);
        if (reference.Profile.Rows == 0 || comparison.Rows == 0)
            throw new UsageException(
                $"{(comparison.Rows == 0 ? current : invocation.Value(s_reference))} has no rows to compare.");

        var asked = invocation.Value(s_columns) ?? [];
        // Before any exception, because they name the columns of either side.
        foreach (var remark in Remarks(reference, comparison, asked))
            invocation.Terminal.Note(remark);
        var columns = Columns(reference, comparison, asked);

        var convention = invocation.Value(s_convention)!;
        if (convention == AllConventions)
        {
            new ConventionTable(reference, comparison, columns).Show(invocation);
            return ExitCode.Done;
        }
        var result = new PsiTable(reference, comparison, columns, PsiConvention.All.Single(c => c.Name == convention));
        result.Show(invocation, withAllBins: asked.Length > 0);
        return result.Columns.Any(column => column.Band == Band.Moved) ? ExitCode.SomeNotRefreshed : ExitCode.Done;
    }

    private static IReadOnlyList<ColumnComparison> Columns(
        PsiReference reference, CsvComparison comparison, string[] asked)
    {
        var known = comparison.Columns.Select(column => column.Reference.Name).ToList();
        if (asked.Except(known).ToList() is { Count: > 0 } unknown)
            throw new UsageException(
                $"There is no column {string.Join(", ", unknown)} to compare. Columns of both are "
                + $"{string.Join(", ", known)}.");
        var columns = comparison.Columns
            .Where(column => asked.Length > 0
                ? asked.Contains(column.Reference.Name) : reference.WhyNot(column.Reference.Name) is null)
            .ToList();
        return columns.Count > 0 ? columns : throw new UsageException(
            "Nothing can be compared: reference and current data have no column in common that has bins. Both are "
            + "read as CSV with a"
            + " header and commas.");
    }

    private static IEnumerable<string> Remarks(PsiReference reference, CsvComparison comparison, string[] asked)
    {
        foreach (var remark in reference.Remarks.Concat(comparison.Remarks))
            yield return remark;
        var left = comparison.Columns.Select(column => reference.WhyNot(column.Reference.Name))
            .OfType<string>().ToList();
        if (asked.Length == 0 && left.Count > 0)
            yield return $"Not compared: {string.Join(", ", left)}. Name one with --column to compare it.";
    }
}
