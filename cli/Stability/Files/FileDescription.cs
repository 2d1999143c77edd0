using Benchmark.Cli.Stability.Foreign;

namespace Benchmark.Cli.Stability.Files;

/// <summary>How a file was read.</summary>
internal sealed record FileDescription
{
    /// <summary>Its path as it was given.</summary>
    public required string File { get; init; }

    /// <summary><c>csv</c> or <c>parquet</c>.</summary>
    public required string Format { get; init; }

    /// <summary><c>gzip</c>; null when it is not compressed.</summary>
    public string? Compression { get; init; }

    /// <summary>Its encoding; null for Parquet.</summary>
    public string? Encoding { get; init; }

    /// <summary>Between the fields of a row; null for Parquet, and where there is one column.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Around fields that hold a delimiter; null for Parquet.</summary>
    public string? Quote { get; init; }

    /// <summary>The decimal mark of its numbers; null for Parquet.</summary>
    public string? Decimal { get; init; }

    /// <summary>Whether its first row names the columns; null for Parquet.</summary>
    public bool? Header { get; init; }

    /// <summary>Rows that were read, without the header.</summary>
    public long Rows { get; init; }

    /// <summary>What else has to be known of it: rows that were left out, columns without a name.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    private string Separators => Delimiter switch
    {
        "," => "commas",
        ";" => "semicolons",
        "\t" => "tabs",
        _ => Delimiter!,
    };

    /// <summary>In one line for people.</summary>
    public string InWords
    {
        get
        {
            string?[] parts =
            [
                Format == "parquet" ? "Parquet"
                    : Delimiter is null ? "CSV of one column"
                    : $"CSV separated by {Separators}",
                Compression is null ? null : $"compressed with {Compression}",
                Quote is null or "\"" ? null : $"quote {Quote}",
                Decimal == "," ? "decimal comma" : null,
                Encoding?.ToUpperInvariant(),
                Header is false ? "no header" : null,
                Cli.Format.Count(Rows) + (Rows == 1 ? " row" : " rows"),
            ];
            return $"{File}: {string.Join(", ", parts.OfType<string>())}";
        }
    }
}

/// <summary>A file to compare, as a working copy in the dialect.</summary>
/// <param name="Description">How it was read.</param>
/// <param name="Values">Its values.</param>
internal sealed record ImportedFile(FileDescription Description, ForeignFile Values);
