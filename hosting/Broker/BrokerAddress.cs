using System.Text.RegularExpressions;

namespace Benchmark.Hosting.Broker;

/// <summary>
/// Where the broker is: <c>amqp[s]://user:password@host:port/vhost</c>, or with several hosts of one cluster,
/// <c>amqp://user:password@host1:5672,host2,host3/vhost</c>. A secret.
/// </summary>
/// <param name="First">The address with the first host alone.</param>
/// <param name="Others">The other hosts, each with its port or without.</param>
internal sealed partial record BrokerAddress(Uri First, IReadOnlyList<string> Others)
{
    /// <summary>The address that a text is; null when it is none.</summary>
    public static BrokerAddress? Parse(string text)
    {
        var match = Hosts().Match(text);
        string[] hosts = match.Success ? match.Groups["hosts"].Value.Split(',') : [];
        return hosts.Length > 0
            && Uri.TryCreate(
                $"{match.Groups["before"]}{hosts[0]}{match.Groups["after"]}", UriKind.Absolute, out var first)
            && first.Host.Length > 0
            && hosts.All(host => Uri.TryCreate($"amqp://{host}", UriKind.Absolute, out var one) && one.Host.Length > 0)
            ? new BrokerAddress(first, hosts[1..]) : null;
    }

    /// <summary>Without user and password.</summary>
    public override string ToString() => BrokerConnection.Place(this);

    // What precedes the last @ is user and password.
    [GeneratedRegex(
        @"\A(?<before>amqps?://(?:[^/]*@)?)(?<hosts>[^/@]+)(?<after>/.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hosts();
}
