using System.Net;

namespace Benchmark.Notifier.Pages.Serving;

/// <summary>Addresses and networks of a setting, between commas.</summary>
internal static class Networks
{
    public static bool AreValid(string? setting) => Parts(setting).All(part => Of(part) is not null);

    public static bool Contain(string? setting, IPAddress address) =>
        Parts(setting).Any(part => Of(part)?.Contains(address) == true);

    private static IPNetwork? Of(string part)
    {
        if (IPNetwork.TryParse(part, out var network))
            return network;
        return IPAddress.TryParse(part, out var one) ? new IPNetwork(one, 8 * one.GetAddressBytes().Length) : null;
    }

    private static string[] Parts(string? setting) =>
        (setting ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
