using System.Data.Common;
using Benchmark.Contracts.Registry;
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

    public const string Webhook = "webhook";

    /// <summary>The report of the whole run, a file on the volume.</summary>
    public const string File = "file";

    internal static IReadOnlyList<string> Channels { get; } = [Mail, Slack, Webhook, File];

    /// <summary>The report is about every model of the team.</summary>
    public const string All = "all";

    /// <summary>It is about those that were not published.</summary>
    public const string Failures = "failures";

    /// <summary>It is about those that were published although an earlier report says that they were not.</summary>
    public const string Correction = "correction";

    public required Guid RunId { get; init; }

    /// <summary><see cref="Mail"/>, <see cref="Slack"/>, <see cref="Webhook"/> or <see cref="File"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>
    /// Mail addresses, separated by commas, or a webhook as the registry writes it; empty for Slack and the file. To
    /// people show <see cref="Recipient"/>: a webhook may hold a secret.
    /// </summary>
    public required string Team { get; init; }

    /// <summary><see cref="All"/>, <see cref="Failures"/> or <see cref="Correction"/>.</summary>
    public required string Scope { get; init; }

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

    /// <summary>Who gets it, for people.</summary>
    public string Recipient => Channel switch
    {
        Mail => Team.Replace(",", ", ", StringComparison.Ordinal),
        Webhook => WebhookAddress.Shown(Team),
        _ => Channel,
    };

    internal const string Columns =
        "run_id, channel, team, scope, state, message_id, attempts, created_at, next_attempt_at, claimed_until, "
        + "sent_at, went_to, last_error";

    internal static Delivery Read(DbDataReader row) => new()
    {
        RunId = Guid.Parse(row.GetString(0)),
        Channel = row.GetString(1),
        Team = row.GetString(2),
        Scope = row.GetString(3),
        State = row.GetString(4),
        MessageId = row.GetString(5),
        Attempts = row.GetInt32(6),
        CreatedAt = row.Time(7)!.Value,
        NextAttemptAt = row.Time(8)!.Value,
        ClaimedUntil = row.Time(9),
        SentAt = row.Time(10),
        WentTo = row.Text(11),
        LastError = row.Text(12),
    };
}
