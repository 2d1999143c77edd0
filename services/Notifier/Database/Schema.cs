using System.Data.Common;
using System.Globalization;

namespace Benchmark.Notifier.Database;

/// <summary>The tables, created when missing, with the same SQL for both databases.</summary>
internal static class Schema
{
    public const int Version = 4;

    private static readonly string s_stamp = $"""
        create table if not exists schema_version (version integer not null);
        insert into schema_version (version) select {Version} where not exists (select 1 from schema_version);
        """;

    // refreshes.refresh is the whole RefreshOutcome as JSON, so a new fact needs no new column; its outcome is a column
    // as well, for the index. refreshes.progress orders the events of a refresh (see Progress) and never falls.
    // refreshes.change_number rises with every change in a run, in the order of the commits, because each locks the
    // run's row; a follower of the run reads only the changes after the last number it has seen. The index
    // refreshes_unfinished holds only what a run still waits for, so "is the run complete?" costs one lookup however
    // many models the run has. A model may be in several reports; delivery_models has no rows for a report of the whole
    // run.
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
            expected integer not null,
            progress integer not null,
            outcome text,
            refresh text not null,
            change_number bigint not null,
            recorded_at text,
            primary key (run_id, value_stream, model));
        create index if not exists refreshes_unfinished on refreshes (run_id) where expected = 1 and outcome is null;

        create index if not exists refreshes_changed on refreshes (run_id, change_number);

        create table if not exists deliveries (
            run_id text not null,
            channel text not null,
            team text not null,
            scope text not null,
            state text not null,
            message_id text not null,
            attempts integer not null,
            created_at text not null,
            next_attempt_at text not null,
            claimed_until text,
            sent_at text,
            went_to text,
            last_error text,
            primary key (run_id, channel, team, scope));
        create index if not exists deliveries_due on deliveries (next_attempt_at) where state = 'pending';
        create index if not exists deliveries_not_sent on deliveries (created_at) where state <> 'sent';

        create table if not exists delivery_models (
            run_id text not null,
            channel text not null,
            team text not null,
            scope text not null,
            value_stream text not null,
            model text not null,
            primary key (run_id, channel, team, scope, value_stream, model));
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
                $"The run database has schema version {found}; this program needs {Version}. "
                + (found > Version ? "Run the newer program."
                    : "It was made before the first release: remove it, or name another."));

        await using var create = connection.Command(transaction, Tables);
        await create.ExecuteNonQueryAsync(ct);
    }
}
