using Benchmark.Data.Reading;
using Benchmark.Data.Scanning;

namespace Benchmark.Cli.Stability;

/// <summary>A file cannot be read as CSV; the message says where and why.</summary>
internal sealed class UnreadableCsvException(string path, CsvScan scan) : Exception(
    $"{path} cannot be read as CSV with a header, commas and quotes of RFC 4180: "
    + $"{string.Join("; ", scan.Problems.Select(InWords))}.")
{
    private static string InWords(Finding finding) =>
        finding.Lines is [var line, ..] ? $"line {line}: {finding.Problem}" : finding.Problem!;
}
