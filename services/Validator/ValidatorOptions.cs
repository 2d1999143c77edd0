using System.ComponentModel.DataAnnotations;

namespace Benchmark.Validator;

/// <summary>How much one Validator takes on. Configuration section <c>Validator</c>.</summary>
public sealed class ValidatorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Validator";

    /// <summary>
    /// Megabytes that the values of one file's columns may take while it is checked; as many files as the machine has
    /// cores are checked at a time. Columns that do not fit are profiled to an error of 0.1 % of the rows, and their
    /// profile says so. Default 256.
    /// </summary>
    [Range(16, 65_536)]
    public int MemoryMegabytes { get; set; } = 256;

    internal long Memory => (long)MemoryMegabytes << 20;
}
