using System.Globalization;

namespace Benchmark.Contracts.Registry;

/// <summary>The registry cannot be used: every problem in it, not only the first.</summary>
public sealed class RegistryException(IReadOnlyList<RegistryProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>What is wrong, in file order. Never empty.</summary>
    public IReadOnlyList<RegistryProblem> Problems { get; } = problems;
}

/// <summary>One thing that is wrong.</summary>
public sealed record RegistryProblem
{
    /// <summary>The file, environment variable or part of the system it is in.</summary>
    public required string Where { get; init; }

    /// <summary>Line, from 1; none outside a file.</summary>
    public int? Line { get; init; }

    /// <summary>Column, from 1; none outside a file.</summary>
    public int? Column { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Problem { get; init; }

    /// <summary>What would be right: allowed values, the nearest known key, the next step.</summary>
    public string? Hint { get; init; }

    /// <summary><c>models.yaml(12,7): unknown key 'treshold'. Did you mean 'threshold'?</c></summary>
    public override string ToString()
    {
        var place = Line is null
            ? Where
            : string.Create(CultureInfo.InvariantCulture, $"{Where}({Line},{Column ?? 1})");
        return $"{place}: {Problem}{(Hint is null ? "" : $" {Hint}")}";
    }
}
