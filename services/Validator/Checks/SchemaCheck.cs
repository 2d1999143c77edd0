using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Dialect;

namespace Benchmark.Validator.Checks;

/// <summary>Compares the columns with the registry and with the published version.</summary>
internal static class SchemaCheck
{
    private const string Frozen = "the schema is frozen (schema: freeze)";

    /// <summary>
    /// Every column that the registry lists must be in the file, and of a type that suits its role.
    /// </summary>
    public static IEnumerable<CheckResult> AgainstRegistry(IReadOnlyList<ColumnFacts> columns, ModelDefinition model)
    {
        var names = columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var listed = model.Columns.Select(c => c.Name).Concat(model.Key).Distinct(StringComparer.Ordinal);
        var failed = listed.Where(name => !names.Contains(name))
            .Select(name => Failed(
                CheckName.Schema, name, "missing", "in the registry",
                $"Column {name}: listed in the registry, but not in the file."))
            .ToList();
        failed.AddRange(Undated(columns, model));
        return failed.Count > 0
            ? failed
            : [Passed(
                CheckName.Schema, $"The file has every column that the registry lists ({columns.Count} in total).")];
    }

    private static IEnumerable<CheckResult> Undated(IReadOnlyList<ColumnFacts> columns, ModelDefinition model) =>
        from column in columns
        let rule = model.RuleOf(column.Name)
        where rule is { IsAsOf: true }
        let type = rule.Type ?? column.Type
        where !FreshnessChecks.IsTemporal(type)
        select Failed(
            CheckName.Schema, column.Name, type.Word(), "date or timestamp",
            $"Column {column.Name}: of type {type.Word()}, but with 'role: as_of' it must be a date or a timestamp."
            + " Convert it in the query.");

    /// <summary>The model's policy says which changes since the published version are allowed.</summary>
    public static IEnumerable<CheckResult> AgainstPublished(
        IReadOnlyList<ColumnFacts> columns, ModelDefinition model, VersionDocuments published)
    {
        var before = published.Manifest.Columns;
        var version = $"version {published.Version}";
        List<CheckResult> failed = [.. Gone(columns, before, version), .. Retyped(columns, model, published, version)];
        if (model.Schema == SchemaPolicy.Freeze)
        {
            failed.AddRange(Added(columns, before, version));
            if (failed.Count == 0)
                failed.AddRange(Moved(columns, before, version));
        }
        return failed.Count > 0 ? failed : [Passed(CheckName.SchemaChange, $"The columns match those of {version}.")];
    }

    private static IEnumerable<CheckResult> Gone(
        IReadOnlyList<ColumnFacts> columns, IReadOnlyList<ColumnFacts> before, string version) =>
        before.Where(b => columns.All(c => c.Name != b.Name))
            .Select(b => Changed(
                b.Name, "missing", b.Type.Word(), $"Column {b.Name}: in {version}, but no longer in the file."));

    private static IEnumerable<CheckResult> Retyped(
        IReadOnlyList<ColumnFacts> columns,
        ModelDefinition model,
        VersionDocuments published,
        string version) =>
        from b in published.Manifest.Columns
        from c in columns
        where c.Name == b.Name
        let declared = model.RuleOf(c.Name)?.Type
        let type = declared ?? c.Type
        where type != b.Type && !(declared is not null && IsSettled(type, b, published.Manifest.Rows))
        let now = type.Word()
        let then = b.Type.Word()
        select Changed(
            c.Name, now, then,
            $"Column {c.Name}: type {now}, but {then} in {version}.{(declared is null ? Advice(c, b) : "")}");

    // What the registry declares settles which type of number a column is, and what one is that had no value.
    private static bool IsSettled(ColumnType declared, ColumnFacts before, long rows) =>
        (Grammar.AreNumbers(declared) && Grammar.AreNumbers(before.Type)) || before.Nulls == rows;

    // A source may call the same numbers by another type each month, and a column without values by any.
    private static string Advice(ColumnFacts now, ColumnFacts before) =>
        $" If the source's type may change, declare it in the registry: 'type: {Wider(now.Type, before.Type).Word()}'.";

    private static ColumnType Wider(ColumnType now, ColumnType before) =>
        Grammar.AreNumbers(now) && Grammar.AreNumbers(before)
            ? now is ColumnType.Number || before is ColumnType.Number ? ColumnType.Number : ColumnType.Decimal
            : before;

    private static IEnumerable<CheckResult> Added(
        IReadOnlyList<ColumnFacts> columns, IReadOnlyList<ColumnFacts> before, string version) =>
        columns.Where(c => before.All(b => b.Name != c.Name))
            .Select(c => Changed(
                c.Name, c.Type.Word(), "no new column", $"Column {c.Name}: not in {version}, and {Frozen}."));

    private static IEnumerable<CheckResult> Moved(
        IReadOnlyList<ColumnFacts> columns, IReadOnlyList<ColumnFacts> before, string version)
    {
        var (moved, _) = columns.Zip(before).FirstOrDefault(pair => pair.First.Name != pair.Second.Name);
        if (moved is null)
            yield break;
        var now = string.Join(", ", columns.Select(c => c.Name));
        var then = string.Join(", ", before.Select(b => b.Name));
        yield return Changed(
            moved.Name, now, then, $"Column {moved.Name}: in another position than in {version}, and {Frozen}.");
    }

    private static CheckResult Changed(string column, string observed, string limit, string message) =>
        Failed(CheckName.SchemaChange, column, observed, limit, message);

    private static CheckResult Failed(
        CheckName check, string column, string observed, string limit, string message) => new()
        {
            Check = check,
            Column = column,
            Status = CheckStatus.Fail,
            Observed = observed,
            Limit = limit,
            Message = message,
        };

    private static CheckResult Passed(CheckName check, string message) =>
        new() { Check = check, Status = CheckStatus.Pass, Message = message };
}
