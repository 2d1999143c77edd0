using Benchmark.Contracts;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Pages.Runs;

/// <summary>A run with the number of its models by outcome, which costs less to read than the models.</summary>
public sealed record RunListing
{
    public required Guid RunId { get; init; }

    public required RunState State { get; init; }

    /// <summary>What started it; null until its start has arrived.</summary>
    public RunTrigger? Trigger { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who requested it; null for a schedule.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string? Reason { get; init; }

    /// <summary>How many of its models ended so; outcomes of no model are left out.</summary>
    public required IReadOnlyDictionary<Outcome, int> Outcomes { get; init; }

    /// <summary>How many of its models have no outcome yet.</summary>
    public required int Open { get; init; }

    /// <summary>How many models it has.</summary>
    public int Models => Open + Outcomes.Values.Sum();
}

/// <summary>Reads the newest runs.</summary>
internal sealed class RunListings(RunDatabase database)
{
    public async Task<IReadOnlyList<RunListing>> NewestAsync(int count, CancellationToken ct)
    {
        await using var connection = await database.OpenToReadAsync(ct);
        if (connection is null)
            return [];
        await using var command = connection.Command(null, """
            select r.run_id, r.state, r.run_trigger, coalesce(r.started_at, r.opened_at), r.closed_at, r.requested_by,
                r.reason, m.outcome, m.models
            from (select * from runs order by opened_at desc, run_id limit @count) r
            left join (
                select run_id, outcome, count(*) as models from refreshes
                where run_id in (select run_id from runs order by opened_at desc, run_id limit @count)
                group by run_id, outcome) m on m.run_id = r.run_id
            order by r.opened_at desc, r.run_id
            """, ("count", count));
        await using var row = await command.ExecuteReaderAsync(ct);
        List<RunListing> runs = [];
        while (await row.ReadAsync(ct))
        {
            var runId = Guid.Parse(row.GetString(0));
            if (runs is [] || runs[^1].RunId != runId)
                runs.Add(new RunListing
                {
                    RunId = runId,
                    State = row.Enum<RunState>(1, RunState.Incomplete) ?? RunState.Running,
                    Trigger = row.Enum<RunTrigger>(2, unknown: null),
                    StartedAt = row.Time(3)!.Value,
                    ClosedAt = row.Time(4),
                    RequestedBy = row.Text(5),
                    Reason = row.Text(6),
                    Outcomes = new Dictionary<Outcome, int>(),
                    Open = 0,
                });
            runs[^1] = With(runs[^1], row.Enum<Outcome>(7, StoredRefresh.Unknown), (int)(row.Long(8) ?? 0));
        }
        return runs;
    }

    private static RunListing With(RunListing run, Outcome? outcome, int models) => outcome is { } ended
        ? run with
        {
            Outcomes = new SortedDictionary<Outcome, int>(run.Outcomes.ToDictionary())
            {
                [ended] = run.Outcomes.GetValueOrDefault(ended) + models,
            },
        }
        : run with { Open = models };
}
