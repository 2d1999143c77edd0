using System.Net;
using System.Net.Sockets;

namespace Benchmark.Tests.Support;

/// <summary>Ports of 127.0.0.1 for servers that have to be told theirs.</summary>
public static class FreePort
{
    // Below those that Linux gives to outgoing connections: one of these could take the port before its server does.
    private const int First = 20_000;
    private const int Ports = 12_000;

    // Each process of tests begins elsewhere, and gives no port twice while there are others.
    private static int s_last = Random.Shared.Next(Ports);

    /// <summary>A port that nobody listens on.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref s_last) % Ports);
            if (IsFree(port))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new TcpListener(IPAddress.Loopback, port);
        try
        {
            socket.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
