using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Reports;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>What a channel answered to a sample report.</summary>
public sealed record ChannelAnswer
{
    /// <summary><see cref="Delivery.Mail"/>, <see cref="Delivery.Slack"/> or <see cref="Delivery.Webhook"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>Who was to get it; never the address of a webhook.</summary>
    public required string Recipient { get; init; }

    /// <summary>Whether it was taken.</summary>
    public required bool Delivered { get; init; }

    /// <summary>Where it went, or why not.</summary>
    public required string Answer { get; init; }
}

/// <summary>Sends a sample report to every address that a registry names.</summary>
public sealed class ChannelTest
{
    private readonly IReadOnlyList<ReportChannel> _channels;
    private readonly MailSender _sender;
    private readonly bool _slack;
    private readonly TimeProvider _time;
    private readonly string? _environment;

    internal ChannelTest(
        IEnumerable<Channel> channels, MailSender sender, IOptions<SlackOptions> slack, TimeProvider time,
        string? environment)
    {
        _environment = environment;
        _channels = [.. channels.OfType<ReportChannel>()];
        _sender = sender;
        _slack = slack.Value.IsEnabled;
        _time = time;
    }

    /// <summary>Sends to all of them at once, and says what each answered.</summary>
    /// <param name="registry">Names the addresses.</param>
    /// <param name="channel">The channel to test; null for every one.</param>
    /// <param name="to">A mail address that gets the mail in place of the registry's; null for theirs.</param>
    /// <param name="ct">Cancels it.</param>
    /// <returns>Empty when nothing is configured.</returns>
    public async Task<IReadOnlyList<ChannelAnswer>> SendAsync(
        ModelRegistry registry, string? channel, string? to, CancellationToken ct)
    {
        IEnumerable<Audience> audiences = to is null
            ? Routing.All(registry, _slack) : [new Audience(Delivery.Mail, to, Delivery.All, [])];
        var report = await SampleReport.WriteAsync(_time.GetUtcNow(), _environment);
        return await Task.WhenAll(audiences
            .Where(audience => channel is null || audience.Channel == channel)
            .Select(audience => SendAsync(audience, report, ct)));
    }

    private async Task<ChannelAnswer> SendAsync(Audience audience, RunReport report, CancellationToken ct)
    {
        var channel = _channels.Single(channel => channel.Name == audience.Channel);
        var delivery = DeliveryOf(audience, report.Facts.Run.RunId);
        using var timeout = new CancellationTokenSource(channel.Timeout, _time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            return Answer(delivery, true, await channel.SendAsync(delivery, report, attempt.Token));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Answer(delivery, false, $"no answer within {channel.Timeout.TotalSeconds:0} s");
        }
        // What a channel says is the result of the test.
        catch (Exception reason) when (!ct.IsCancellationRequested)
        {
            return Answer(delivery, false, reason.Message);
        }
    }

    private Delivery DeliveryOf(Audience audience, Guid runId) => new()
    {
        RunId = runId,
        Channel = audience.Channel,
        Team = audience.Team,
        Scope = audience.Scope,
        State = Delivery.Pending,
        MessageId = $"{runId}.{Guid.NewGuid():N}@{_sender.Domain}",
        Attempts = 0,
        CreatedAt = _time.GetUtcNow(),
        NextAttemptAt = _time.GetUtcNow(),
    };

    private static ChannelAnswer Answer(Delivery delivery, bool delivered, string answer) => new()
    {
        Channel = delivery.Channel,
        Recipient = delivery.Recipient,
        Delivered = delivered,
        Answer = answer,
    };
}
