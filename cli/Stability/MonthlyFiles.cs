using Benchmark.Cli.Stability.Files;

namespace Benchmark.Cli.Stability;

/// <summary><c>benchmark psi REFERENCE DIRECTORY</c>: every file of a directory, in the order of their names.</summary>
internal static class MonthlyFiles
{
    public static int Run(
        Invocation invocation, PsiReference reference, string directory, WorkingCopies copies, CancellationToken ct)
    {
        var files = Directory.GetFiles(directory).Where(file => Path.GetFileName(file)[0] != '.')
            .Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            throw new UsageException($"The directory {directory} has no files.");
        var options = PsiOptions.Files(invocation, reference.IsModel);
        var (bins, asked) = (PsiOptions.Bins(invocation), PsiOptions.Columns(invocation));
        var convention = PsiOptions.Convention(invocation) ?? throw DriftOverTime.OneConvention();
        var told = new HashSet<string>();
        var result = new DriftOverTime(reference.Name, convention);
        foreach (var path in files)
        {
            var file = copies.Import(path, options, ct);
            if (file.Values.Rows == 0)
                throw new UsageException($"{path} has no rows to compare.");
            PsiCommand.RequireColumns(options.Values, bins, reference, file);
            var outcome = reference.Compare(file, options.Values, bins, ct);
            // What is said of the reference is said once.
            foreach (var remark in outcome.Remarks(asked).Where(told.Add))
                invocation.Terminal.Note(remark);
            told.IntersectWith(reference.OwnRemarks);
            result.Add(
                Path.GetFileName(path), outcome.CurrentRows,
                new PsiTable(outcome, outcome.Columns(asked), convention).Columns, outcome.Reading);
            WorkingCopies.Forget(file);
        }
        result.Show(invocation);
        return result.ExitCode;
    }
}
