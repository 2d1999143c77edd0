using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>The edges that people chose for the bins of a column with an order.</summary>
internal sealed class OwnEdges
{
    private readonly string _form;

    /// <param name="edges">As people spell them.</param>
    public OwnEdges(IReadOnlyList<string> edges, ColumnType type)
    {
        // Integers may be divided between two of them, at 17.5.
        var grammar = Grammar.Of(type.IsNumeric() ? ColumnType.Number : type);
        _form = type.IsNumeric() ? "a finite number" : grammar.Form;
        double?[] numbers = [.. edges.Select(grammar.ToDouble)];
        Problem = ProblemOf(edges, numbers);
        if (Problem is null)
            Numbers = [.. numbers.OfType<double>()];
    }

    /// <summary>On the scale of quantiles, ascending; null when they cannot be used.</summary>
    public IReadOnlyList<double>? Numbers { get; }

    /// <summary>Why they cannot be used; null when they can.</summary>
    public string? Problem { get; }

    private string? ProblemOf(IReadOnlyList<string> edges, double?[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] is not { } number || !double.IsFinite(number))
                return $"the edge {edges[i]} is not {_form}";
            if (i > 0 && number <= numbers[i - 1])
                return $"the edge {edges[i]} is not above the one before it, {edges[i - 1]}";
        }
        return null;
    }
}
