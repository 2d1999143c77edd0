namespace Benchmark.Data.Reading;

/// <summary>A file cannot be read as CSV; the message says where and why.</summary>
public sealed class UnreadableCsvException(string path, FileFacts file) : Exception(
    $"{path} cannot be read as CSV with a header, commas and quotes of RFC 4180: "
    + $"{string.Join("; ", file.Problems.Select(Say))}.")
{
    private static string Say(IntegrityProblem problem) =>
        problem.Lines is [var line, ..] ? $"line {line}: {problem.Problem}" : problem.Problem;
}
