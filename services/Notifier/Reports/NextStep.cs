namespace Benchmark.Notifier.Reports;

/// <summary>What to do next: words, and a command that can be pasted.</summary>
/// <param name="Words">What to do; empty when the command is all.</param>
/// <param name="Command">The command; null when there is none.</param>
public sealed record NextStep(string Words, string? Command = null)
{
    private const string Begin = "benchmark ";

    /// <summary>Splits text that ends in a command.</summary>
    public static NextStep From(string text) => text.LastIndexOf(Begin, StringComparison.Ordinal) is var at and >= 0
        ? new NextStep(text[..at].TrimEnd(), text[at..]) : new NextStep(text);

    /// <summary>Words and command on one line.</summary>
    public override string ToString() => Command is null ? Words : $"{Words} {Command}".TrimStart();
}
