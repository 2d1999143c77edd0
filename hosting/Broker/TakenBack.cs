using System.Globalization;
using System.Text.RegularExpressions;
using MassTransit;
using MassTransit.RabbitMqTransport;

namespace Benchmark.Hosting.Broker;

/// <summary>Deliveries that the broker takes back because they are not acknowledged in time.</summary>
public static partial class TakenBack
{
    /// <summary>
    /// The time (<c>consumer_timeout</c>) after which the broker has taken this delivery back, together with all others
    /// of its channel; null when it has not.
    /// </summary>
    public static TimeSpan? After(ConsumeContext context) =>
        context.TryGetPayload<ChannelContext>(out var channel)
            && Timeout().Match(channel.Channel.CloseReason?.ReplyText ?? "") is { Success: true } match
            ? TimeSpan.FromMilliseconds(long.Parse(match.Groups["ms"].Value, CultureInfo.InvariantCulture)) : null;

    [GeneratedRegex(
        @"delivery acknowledgement on channel \d+ timed out\D*(?<ms>\d+) ms", RegexOptions.CultureInvariant)]
    private static partial Regex Timeout();
}
