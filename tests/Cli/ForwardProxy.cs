using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmark.Cli.Tests;

/// <summary>The forward proxy of a bank: tunnels to one port of this machine, and knows no other host.</summary>
internal sealed class ForwardProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly int _target;
    private readonly Task _running;

    private ForwardProxy(int target)
    {
        _target = target;
        _listener.Start();
        _running = RunAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Method and target of each request.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static ForwardProxy Start(int target) => new(target);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
                clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            var request = await HeadAsync(stream);
            _requests.Enqueue(string.Join(' ', request.Split(' ')[..2]));
            if (request.StartsWith("CONNECT ", StringComparison.Ordinal))
                await TunnelAsync(stream);
            else
                await SayAsync(
                    stream, "502 Bad Gateway", "Content-Length: 12\r\nConnection: close\r\n\r\nno such host");
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client or the test has ended.
        }
    }

    private async Task TunnelAsync(NetworkStream client)
    {
        using var target = new TcpClient();
        await target.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
        await SayAsync(client, "200 Connection established", "\r\n");
        var there = target.GetStream();
        await Task.WhenAny(client.CopyToAsync(there, _stop.Token), there.CopyToAsync(client, _stop.Token));
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            head.Append((char)one[0]);
        }
        return head.ToString();
    }

    private async Task SayAsync(NetworkStream stream, string status, string rest) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{rest}"), _stop.Token);
}
