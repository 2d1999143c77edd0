using Benchmark.Cli.Stability.Files;
using Benchmark.Data;

namespace Benchmark.Cli.Stability;

/// <summary><c>benchmark psi REFERENCE DIRECTORY</c>: every file of a directory, in the order of their names.</summary>
internal static class MonthlyFiles
{
    // A file of another ending may be a README; one of these that cannot be compared is a mistake.
    private static readonly string[] s_dataEndings = [".csv", ".tsv", ".parquet", ".gz"];

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
            if (TryImport(path, options, reference, copies, ct) is not { } file)
            {
                invocation.Terminal.Note(result.LeaveOut(Path.GetFileName(path)));
                continue;
            }
            if (file.Values.Rows == 0)
                throw new UsageException($"{path} has no rows to compare.");
            PsiCommand.RequireColumns(options.Values, bins, reference, file);
            var outcome = reference.Compare(file, options.Values, bins, ct);
            // What is said of the reference is said once.
            foreach (var remark in outcome.Remarks(asked).Where(told.Add))
                invocation.Terminal.Note(Visible.Of(remark));
            told.IntersectWith(reference.OwnRemarks);
            result.Add(
                Path.GetFileName(path), outcome.CurrentRows,
                new PsiTable(outcome, outcome.Columns(asked), convention).Columns, outcome.Reading);
            WorkingCopies.Forget(file);
        }
        if (result.IsEmpty)
            throw new UsageException($"The directory {directory} has no file that can be compared.");
        result.Show(invocation);
        return result.ExitCode;
    }

    // Null for a file that is no data: it is no table, or has no column of the reference.
    private static ImportedFile? TryImport(
        string path, ReadingOptions options, PsiReference reference, WorkingCopies copies, CancellationToken ct)
    {
        if (s_dataEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            return copies.Import(path, options, ct);
        try
        {
            var file = copies.Import(path, options, ct);
            if (reference.Columns.Intersect(file.Values.Header).Any())
                return file;
            WorkingCopies.Forget(file);
            return null;
        }
        catch (Exception e) when (e is UsageException or UnreadableCsvException)
        {
            // The caller says that it is left out.
            return null;
        }
    }
}
