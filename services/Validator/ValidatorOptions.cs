using System.ComponentModel.DataAnnotations;

namespace Benchmark.Validator;

/// <summary>The memory of one Validator. Configuration section <c>Validator</c>.</summary>
public sealed class ValidatorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Validator";

    /// <summary>
    /// Megabytes of memory for the column values of one file while it is checked; as many files are checked at a time
    /// as the machine has cores. Columns that do not fit are profiled to within 0.1 % of the rows, and their profile
    /// says so. Default 256.
    /// </summary>
    [Range(16, 65_536)]
    public int MemoryMegabytes { get; set; } = 256;

    internal long Memory => (long)MemoryMegabytes << 20;
}
