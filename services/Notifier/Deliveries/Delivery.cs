using System.Data.Common;
using Benchmark.Notifier.Database;

namespace Benchmark.Notifier.Deliveries;

/// <summary>One report to one team through one channel.</summary>
public sealed record Delivery
{
    public const string Pending = "pending";

    public const string Sent = "sent";

    /// <summary>Retries are exhausted; a person has to look.</summary>
    public const string Dead = "dead";

    public const string Mail = "mail";

    public const string Slack = "slack";

    public required Guid RunId { get; init; }

    /// <summary>The team's mail addresses, separated by commas; empty for a team that has only Slack.</summary>
    public required string Team { get; init; }

    /// <summary><see cref="Mail"/> or <see cref="Slack"/>.</summary>
    public required string Channel { get; init; }

    /// <summary><see cref="Pending"/>, <see cref="Sent"/> or <see cref="Dead"/>.</summary>
    public required string State { get; init; }

    /// <summary>The mail's Message-Id, the same for every attempt.</summary>
    public required string MessageId { get; init; }

    /// <summary>How many attempts have failed.</summary>
    public required int Attempts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset NextAttemptAt { get; init; }

    /// <summary>Until when it belongs to the process that sends it.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The server and addresses, or the file.</summary>
    public string? WentTo { get; init; }

    public string? LastError { get; init; }

    internal const string Columns =
        "run_id, team, channel, state, message_id, attempts, created_at, next_attempt_at, claimed_until, sent_at, "
        + "went_to, "
        + "last_error";

    internal static Delivery Read(DbDataReader row) => new()
    {
        RunId = Guid.Parse(row.GetString(0)),
        Team = row.GetString(1),
        Channel = row.GetString(2),
        State = row.GetString(3),
        MessageId = row.GetString(4),
        Attempts = row.GetInt32(5),
        CreatedAt = row.Time(6)!.Value,
        NextAttemptAt = row.Time(7)!.Value,
        ClaimedUntil = row.Time(8),
        SentAt = row.Time(9),
        WentTo = row.Text(10),
        LastError = row.Text(11),
    };
}
