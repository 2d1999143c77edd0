using System.CommandLine;
using Benchmark.Cli.Completion;
using Benchmark.Cli.Stability.Files;
using Benchmark.Cli.Stability.Foreign;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Stability;

namespace Benchmark.Cli.Stability;

/// <summary><c>benchmark psi</c>: the drift of data from a benchmark, bin by bin.</summary>
internal static class PsiCommand
{
    private static readonly Argument<string> s_reference =
        Arguments.Names<string>(
            "reference", "A CSV or Parquet file, or a published model as value_stream/model.",
            ArgumentArity.ExactlyOne, KnownNames.Models);

    private static readonly Argument<string?> s_current =
        Arguments.Names<string?>(
            "current", "The file to compare with it, or a directory of such files, one after the other by name.",
            ArgumentArity.ZeroOrOne);

    private static readonly Option<bool> s_history = new("--history")
    {
        Description = "Compare the versions of a published model with its anchor, or with the oldest one kept.",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "psi", "Measure the drift of data from a benchmark: PSI / CSI of every column, bin by bin.")
        {
            s_reference, s_current, s_history,
        };
        foreach (var option in PsiOptions.All)
            command.Options.Add(option);
        command.SetAction((parsed, ct) => Task.FromResult(Run(new Invocation(parsed, terminal), ct)));
        return command;
    }

    private static int Run(Invocation invocation, CancellationToken ct)
    {
        var (reference, current) = (invocation.Value(s_reference)!, invocation.Value(s_current));
        if (invocation.Value(s_history))
            return current is null
                ? ModelHistory.Run(invocation, reference, ct)
                : throw new UsageException($"--history compares versions with each other: leave out {current}.");
        if (current is null)
            throw new UsageException("Name the file to compare, or a directory of files; or give --history.");
        var isDirectory = Posix.IsDirectory(current);
        if (!isDirectory && !Posix.Exists(current))
            throw new UsageException($"There is no file {current}.");

        using var copies = new WorkingCopies();
        var options = PsiOptions.Files(invocation, againstModel: !PsiReference.IsFile(reference));
        var bins = PsiOptions.Bins(invocation);
        var opened = PsiReference.Open(invocation, reference, options, copies, ct);
        if (opened.IsModel && !bins.IsDefault)
            throw new UsageException(
                $"The bins of {reference} are frozen in its profile.json: --bins, --edges and --special are for a "
                + "reference that is a file.");
        if (opened.IsModel && options.Values.Categorical.Count > 0)
            throw new UsageException(
                $"The types of {reference} are frozen in its profile.json: --categorical is for a reference that is a "
                + "file.");
        return isDirectory
            ? MonthlyFiles.Run(invocation, opened, current, copies, ct)
            : Compare(invocation, opened, copies.Import(current, options, ct), ct);
    }

    private static int Compare(
        Invocation invocation, PsiReference reference, ImportedFile current, CancellationToken ct)
    {
        if (current.Values.Rows == 0)
            throw new UsageException($"{current.Description.File} has no rows to compare.");
        var (rules, bins) = (PsiOptions.Files(invocation, reference.IsModel).Values, PsiOptions.Bins(invocation));
        RequireColumns(rules, bins, reference, current);
        var outcome = reference.Compare(current, rules, bins, ct);
        var asked = PsiOptions.Columns(invocation);
        // Before any exception, because they name the columns of either side.
        foreach (var remark in outcome.Remarks(asked))
            invocation.Terminal.Note(Visible.Of(remark));
        var columns = outcome.Columns(asked);

        if (PsiOptions.Convention(invocation) is not { } convention)
        {
            new ConventionTable(outcome, columns).Show(invocation);
            return ExitCode.Done;
        }
        var result = new PsiTable(outcome, columns, convention);
        result.Show(invocation, withAllBins: asked.Length > 0);
        return result.Columns.Any(column => column.Band == Band.Moved) ? ExitCode.SomeNotRefreshed
            : result.Columns.All(column => column.Band == Band.NotComparable) ? ExitCode.Usage
            : ExitCode.Done;
    }

    /// <summary>Looks that there is every column of which something was said.</summary>
    /// <exception cref="UsageException">There is not.</exception>
    public static void RequireColumns(
        ReadingRules rules, BinChoice bins, PsiReference reference, ImportedFile current)
    {
        string[] told = [.. rules.Types.Keys, .. rules.Categorical, .. bins.Edges.Keys];
        var known = reference.Columns.Union(current.Values.Header).ToList();
        if (told.Except(known).ToList() is { Count: > 0 } unknown)
            throw new UsageException(
                $"There is no column {string.Join(", ", unknown)}. Columns are {string.Join(", ", known)}.");
    }
}
