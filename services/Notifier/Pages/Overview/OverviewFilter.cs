using Benchmark.Contracts;
using Benchmark.Data.Stability;

namespace Benchmark.Notifier.Pages.Overview;

/// <summary>Which models the overview shows, as its address says.</summary>
public sealed record OverviewFilter
{
    /// <summary>The states that can be asked for, in the order of the page.</summary>
    public static IReadOnlyList<OverviewState> States { get; } =
    [
        new("failed", "failed", "bad", row => row.Outcome is Outcome.Failed || row.Damage is not null),
        new("rejected", "rejected", "bad", row => row.Outcome is Outcome.Rejected),
        new("missing", "missing", "warn", row => row.Outcome is Outcome.Missing),
        new("source-late", "source late", "warn", row => row.Outcome is Outcome.SourceLate),
        new("late", "late", "bad", row => row.IsLate),
        new("never", "never published", "warn", row => !row.IsPublished && row.Damage is null),
        new("moved", "moved", "bad", row => row.WorstBand is Band.Moved),
        new("shifted", "shifted", "warn", row => row.WorstBand is Band.Shifted),
        new("warned", "with warnings", "warn", row => row.Status.Warnings.Count > 0),
        new("well", "nothing to do", "", row => row.Rank == ModelRow.NothingToDo),
    ];

    /// <summary>A value stream; null or empty for all.</summary>
    public string? Stream { get; init; }

    /// <summary>An owner.</summary>
    public string? Owner { get; init; }

    /// <summary>The word of one of <see cref="States"/>.</summary>
    public string? State { get; init; }

    /// <summary>Part of a name.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it leaves out any model.</summary>
    public bool IsSet => ((string?[])[Stream, Owner, State, Name]).Any(part => !string.IsNullOrEmpty(part));

    /// <summary>The rows that it lets through.</summary>
    public IReadOnlyList<ModelRow> Of(IEnumerable<ModelRow> rows)
    {
        var state = States.FirstOrDefault(known => known.Word == State);
        return [.. WithoutState(rows).Where(row => state?.Has(row) ?? true)];
    }

    /// <summary>The rows that it lets through whatever their state, which the counts are of.</summary>
    public IEnumerable<ModelRow> WithoutState(IEnumerable<ModelRow> rows) => rows.Where(row =>
        Matches(Stream, row.Model.ValueStream)
        && Matches(Owner, row.Model.Owner ?? "")
        && (string.IsNullOrEmpty(Name)
            || row.Name.ToString().Contains(Name.Trim(), StringComparison.OrdinalIgnoreCase)));

    /// <summary>The address of the overview with another state.</summary>
    public string AddressWith(string? state)
    {
        var parts = ((string Key, string? Value)[])
            [("stream", Stream), ("owner", Owner), ("name", Name), ("state", state)];
        var query = string.Join('&', parts.Where(part => !string.IsNullOrEmpty(part.Value))
            .Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value!)}"));
        return query is "" ? "/" : $"/?{query}";
    }

    private static bool Matches(string? asked, string has) => string.IsNullOrEmpty(asked) || asked == has;
}

/// <summary>A state that models are counted and filtered by; a model may be in several.</summary>
/// <param name="Word">In addresses.</param>
/// <param name="Name">For people.</param>
/// <param name="Tone">The colour of its count.</param>
/// <param name="Has">Whether a model is in it.</param>
public sealed record OverviewState(string Word, string Name, string Tone, Func<ModelRow, bool> Has);
