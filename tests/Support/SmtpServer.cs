using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Benchmark.Tests.Support;

/// <summary>A mail server on this machine that speaks as much SMTP as a client needs to hand over a mail.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<MimeMessage> _mails = [];
    private readonly List<string> _logins = [];
    private readonly Task _running;

    private SmtpServer()
    {
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>What the server answers to a recipient; 250 when nothing is said.</summary>
    public Func<string, string> AnswerToRecipient { get; set; } = _ => "250 ok";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<MimeMessage> Mails
    {
        get
        {
            lock (_mails)
                return [.. _mails];
        }
    }

    /// <summary>User and password of each login, <c>user:password</c>.</summary>
    public IReadOnlyList<string> Logins
    {
        get
        {
            lock (_mails)
                return [.. _logins];
        }
    }

    public static SmtpServer Start() => new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // Before the listener stops: one that has is not asked for another client.
        await _running;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Stopped: so it goes with servers.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            await TalkAsync(client.GetStream());
        }
        catch (IOException)
        {
            // The client was killed in the middle of a word: the next one is served all the same.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test ESMTP");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME");
                    break;
                case "AUTH":
                    Login(line.Split(' ')[2]);
                    await writer.WriteLineAsync("235 welcome");
                    break;
                case "RCPT":
                    await writer.WriteLineAsync(AnswerToRecipient(line.Split('<', '>')[1]));
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    await ReceiveAsync(reader);
                    await writer.WriteLineAsync("250 queued");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }

    private void Login(string plain)
    {
        if (Encoding.UTF8.GetString(Convert.FromBase64String(plain)).Split('\0') is not [_, var user, var password])
            return;
        lock (_mails)
            _logins.Add($"{user}:{password}");
    }

    private async Task ReceiveAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        while (true)
        {
            // Until the dot that ends it, the mail is not ours.
            var line = await reader.ReadLineAsync(_stop.Token) ?? throw new EndOfStreamException();
            if (line == ".")
                break;
            data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(data.ToString()));
        var mail = await MimeMessage.LoadAsync(stream);
        lock (_mails)
            _mails.Add(mail);
    }
}
