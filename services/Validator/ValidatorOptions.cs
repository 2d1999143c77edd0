using System.ComponentModel.DataAnnotations;

namespace Benchmark.Validator;

/// <summary>How much one Validator takes on. Configuration section <c>Validator</c>.</summary>
public sealed class ValidatorOptions
{
    /// <summary>
    /// Megabytes that the values of one file's columns may take while it is checked; as many files as the machine has cores are
    /// checked at a time. Columns for which it is not enough are profiled to an error of 0.1 % of the rows, and their profile says
    /// so. Default 256: 5 million rows of 22 columns of dates and numbers of up to eight digits.
    /// </summary>
    [Range(16, 65_536)]
    public int MemoryMegabytes { get; set; } = 256;

    internal long Memory => (long)MemoryMegabytes << 20;
}
