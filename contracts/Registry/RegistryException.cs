using System.Globalization;
using Benchmark.Data;

namespace Benchmark.Contracts.Registry;

/// <summary>The registry is invalid. Lists every problem, not only the first.</summary>
public sealed class RegistryException(IReadOnlyList<RegistryProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>The problems in file order. Never empty.</summary>
    public IReadOnlyList<RegistryProblem> Problems { get; } = problems;
}

/// <summary>One problem.</summary>
public sealed record RegistryProblem
{
    /// <summary>The file, environment variable or component it is in.</summary>
    public required string Where { get; init; }

    /// <summary>Line, from 1; null outside a file.</summary>
    public int? Line { get; init; }

    /// <summary>Column, from 1; null outside a file.</summary>
    public int? Column { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Problem { get; init; }

    /// <summary>How to fix it: allowed values, the nearest known key, the next step.</summary>
    public string? Hint { get; init; }

    /// <summary><c>models.yaml(12,7): unknown key 'treshold'. Did you mean 'threshold'?</c></summary>
    public override string ToString()
    {
        var place = Line is null
            ? Where
            : string.Create(CultureInfo.InvariantCulture, $"{Where}({Line},{Column ?? 1})");
        return Visible.Of($"{place}: {Problem}{(Hint is null ? "" : $" {Hint}")}");
    }
}
