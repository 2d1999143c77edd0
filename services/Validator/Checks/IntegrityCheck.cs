using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Scanning;

namespace Benchmark.Validator.Checks;

/// <summary>Whether the file is in the dialect and is the one that <c>staged.json</c> describes.</summary>
internal static class IntegrityCheck
{
    public static IEnumerable<CheckResult> Evaluate(CsvScan scan, StagedFacts facts, ModelStaged staged)
    {
        List<CheckResult> failed = [.. Dialect(scan), .. Facts(scan, facts), .. Identity(facts, staged)];
        return failed.Count > 0 ? failed : [Passed(scan)];
    }

    /// <summary>
    /// Whether the first line names any column. Otherwise it is data, or its separator is not a comma, and its content
    /// must not be shown.
    /// </summary>
    public static bool HasHeader(CsvScan scan, StagedFacts facts) =>
        facts.Columns.Any(column => scan.Header.Contains(column.Name));

    private static IEnumerable<CheckResult> Dialect(CsvScan scan) =>
        from problem in scan.Problems
        let sentence = char.ToUpperInvariant(problem.Problem![0]) + problem.Problem[1..]
        select Failed($"{sentence}{Format.At(problem.Lines, problem.Lines.Count)}.") with
        {
            Lines = problem.Lines.Count == 0 ? null : problem.Lines,
        };

    private static IEnumerable<CheckResult> Facts(CsvScan scan, StagedFacts facts)
    {
        if (scan.Sha256 != facts.Sha256)
            yield return Differs("SHA-256", scan.Sha256, facts.Sha256);
        if (scan.Bytes != facts.Bytes)
            yield return Differs("length in bytes", scan.Bytes, facts.Bytes);
        if (scan.Readable && scan.Rows != facts.Rows)
            yield return Differs("number of rows", scan.Rows, facts.Rows);
        if (scan.Readable && Header(scan, facts) is { } header)
            yield return header;
    }

    private static CheckResult? Header(CsvScan scan, StagedFacts facts)
    {
        var names = facts.Columns.Select(c => c.Name).ToList();
        if (scan.Header.SequenceEqual(names))
            return null;
        var expected = string.Join(", ", names);
        return HasHeader(scan, facts)
            ? Differs("header", string.Join(", ", scan.Header), expected)
            : Failed($"The file's first line names none of the columns in staged.json: {expected}.") with
            {
                Lines = [1],
                Limit = expected,
            };
    }

    private static IEnumerable<CheckResult> Identity(StagedFacts facts, ModelStaged staged)
    {
        var expected = $"{staged.ValueStream}/{staged.Model}, run {staged.RunId}, attempt {staged.Attempt}";
        var found = $"{facts.ValueStream}/{facts.Model}, run {facts.RunId}, attempt {facts.Attempt}";
        if (found != expected)
            yield return Differs("owner", found, expected) with
            {
                Message = $"staged.json is of {found}, but is in the staging directory of {expected}.",
            };
    }

    private static CheckResult Differs(string what, CheckValue observed, CheckValue limit) =>
        Failed($"The file's {what} is {Show(observed)}, but staged.json says {Show(limit)}.") with
        {
            Observed = observed,
            Limit = limit,
        };

    private static string Show(CheckValue value) =>
        value.IsNumber ? value.Number.ToString("0", CultureInfo.InvariantCulture) : value.ToString();

    private static CheckResult Failed(string message) =>
        new() { Check = CheckName.Integrity, Status = CheckStatus.Fail, Message = message };

    private static CheckResult Passed(CsvScan scan) => new()
    {
        Check = CheckName.Integrity,
        Status = CheckStatus.Pass,
        Observed = scan.Sha256,
        Message = $"The file is whole: {Format.Rows(scan.Rows)}, {scan.Bytes} bytes, SHA-256 as staged.",
    };
}
