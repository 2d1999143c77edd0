namespace Benchmark.Cli.Init;

/// <summary>What somebody asks <c>benchmark init</c> for.</summary>
/// <param name="Invocation">The call.</param>
/// <param name="From">The tables and files to draft from, as they are written.</param>
internal sealed record InitRequest(Invocation Invocation, IReadOnlyList<string> From)
{
    /// <summary>Connection string of a database; null without.</summary>
    public string? Connection { get; init; }

    /// <summary>Its kind; null where the connection is to say it.</summary>
    public string? Kind { get; init; }

    /// <summary>A source of the registry; null without.</summary>
    public string? Source { get; init; }

    /// <summary>Value stream of the models.</summary>
    public required string ValueStream { get; init; }

    /// <summary>Name of the model; null for that of its table or file.</summary>
    public string? Model { get; init; }

    /// <summary>The file that is written, or <c>-</c>.</summary>
    public required string Output { get; init; }

    /// <summary>Where progress and results go.</summary>
    public Terminal Terminal => Invocation.Terminal;

    /// <summary>Whether a database is named beside the tables.</summary>
    public bool NamesDatabase => (Connection ?? Source) is not null;
}
