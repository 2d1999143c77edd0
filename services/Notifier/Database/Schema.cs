using System.Data.Common;
using System.Globalization;

namespace Benchmark.Notifier.Database;

/// <summary>The tables. Created when missing; one text for both databases.</summary>
internal static class Schema
{
    public const int Version = 2;

    private static readonly string s_stamp = $"""
        create table if not exists schema_version (version integer not null);
        insert into schema_version (version) select {Version} where not exists (select 1 from schema_version);
        """;

    // refreshes.refresh is the RefreshOutcome whole, as JSON: a new fact is no new column. Its outcome stands beside
    // it, for the index. refreshes.progress orders what can be heard of a refresh (see Progress): news only ever raises
    // it. refreshes.change_number grows with every change in a run, in the order of its commits, because each holds the
    // run's row: whoever follows a run reads only what is beyond the last number it saw. refreshes_unfinished holds
    // only what a run still waits for, so "is everything done?" costs one look-up however many models the run has.
    private const string Tables = """
        create table if not exists runs (
            run_id text not null primary key,
            phase text not null,
            run_trigger text,
            requested_by text,
            reason text,
            opened_at text not null,
            started_at text,
            deadline text not null,
            registry_sha256 text,
            state text,
            close_reason text,
            closed_at text,
            close_asked_until text);
        create index if not exists runs_open on runs (deadline) where closed_at is null;
        create index if not exists runs_newest on runs (opened_at);

        create table if not exists refreshes (
            run_id text not null,
            value_stream text not null,
            model text not null,
            team text,
            expected integer not null,
            progress integer not null,
            outcome text,
            refresh text not null,
            change_number bigint not null,
            heard_at text,
            primary key (run_id, value_stream, model));
        create index if not exists refreshes_unfinished on refreshes (run_id) where expected = 1 and outcome is null;

        create index if not exists refreshes_changed on refreshes (run_id, change_number);

        create table if not exists deliveries (
            run_id text not null,
            team text not null,
            channel text not null,
            state text not null,
            message_id text not null,
            attempts integer not null,
            created_at text not null,
            next_attempt_at text not null,
            claimed_until text,
            sent_at text,
            went_to text,
            last_error text,
            primary key (run_id, team, channel));
        create index if not exists deliveries_due on deliveries (next_attempt_at) where state = 'pending';
        """;

    public static async Task CreateAsync(
        DbConnection connection, DbTransaction transaction, string lockSchema, CancellationToken ct)
    {
        await using var stamp = connection.Command(transaction, $"{lockSchema};{s_stamp}");
        await stamp.ExecuteNonQueryAsync(ct);
        await using var version = connection.Command(transaction, "select max(version) from schema_version");
        var found = Convert.ToInt32(await version.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
        if (found != Version)
            throw new InvalidOperationException(
                $"The run database has schema version {found}; this program knows {Version}. "
                + (found > Version ? "Run the newer program again."
                    : "It is of before the first release: remove it, or name another."));

        await using var create = connection.Command(transaction, Tables);
        await create.ExecuteNonQueryAsync(ct);
    }
}
