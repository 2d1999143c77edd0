using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
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
    private readonly List<string> _commands = [];
    private readonly X509Certificate2? _certificate;
    private readonly bool _tlsFromTheStart;
    private readonly Task _running;

    private SmtpServer(X509Certificate2? certificate, bool tlsFromTheStart)
    {
        _certificate = certificate;
        _tlsFromTheStart = tlsFromTheStart;
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>What the server answers to a recipient; 250 when nothing is said.</summary>
    public Func<string, string> AnswerToRecipient { get; set; } = _ => "250 ok";

    /// <summary>What the server answers to a sender.</summary>
    public string AnswerToSender { get; set; } = "250 ok";

    /// <summary>What the server answers to a login.</summary>
    public string AnswerToLogin { get; set; } = "235 welcome";

    /// <summary>What the server answers to a mail; null when it hangs up instead, with the mail in its hands.</summary>
    public string? AnswerToMail { get; set; } = "250 queued";

    /// <summary>The extensions that the server offers.</summary>
    public IReadOnlyList<string> Extensions { get; set; } = ["AUTH PLAIN", "8BITMIME"];

    /// <summary>Whether the server takes the connection and then says nothing.</summary>
    public bool Hangs { get; set; }

    /// <summary>The commands of all clients, without what follows their name.</summary>
    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (_mails)
                return [.. _commands];
        }
    }

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

    public static SmtpServer Start() => new(null, false);

    /// <summary>Starts a server that offers STARTTLS.</summary>
    public static SmtpServer StartWithStartTls(X509Certificate2 certificate) => new(certificate, false);

    /// <summary>Starts a server that speaks TLS from the first byte.</summary>
    public static SmtpServer StartWithTls(X509Certificate2 certificate) => new(certificate, true);

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
            Stream stream = client.GetStream();
            if (_tlsFromTheStart)
                stream = await EncryptAsync(stream);
            if (Hangs)
                await Task.Delay(Timeout.Infinite, _stop.Token);
            await using var writer = Writer(stream);
            await writer.WriteLineAsync("220 test ESMTP");
            await TalkAsync(stream);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // The client was killed in the middle of a word, or trusts no one: the next one is served all the same.
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        await using var writer = Writer(stream);
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var command = line.Split(' ', ':')[0].ToUpperInvariant();
            lock (_mails)
                _commands.Add(command);
            switch (command)
            {
                case "EHLO":
                    await writer.WriteLineAsync(string.Join("\r\n", Offer(stream)));
                    break;
                case "STARTTLS" when _certificate is not null:
                    await writer.WriteLineAsync("220 go on");
                    await TalkAsync(await EncryptAsync(stream));
                    return;
                case "AUTH":
                    Login(line.Split(' ')[2]);
                    await writer.WriteLineAsync(AnswerToLogin);
                    break;
                case "MAIL":
                    await writer.WriteLineAsync(AnswerToSender);
                    break;
                case "RCPT":
                    await writer.WriteLineAsync(AnswerToRecipient(line.Split('<', '>')[1]));
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    await ReceiveAsync(reader);
                    if (AnswerToMail is null)
                        return;
                    await writer.WriteLineAsync(AnswerToMail);
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

    private IEnumerable<string> Offer(Stream stream) =>
        [
            .. Extensions.Concat(_certificate is not null && stream is not SslStream ? ["STARTTLS"] : Array.Empty<string>())
                .Prepend("test").Select(extension => $"250-{extension}"),
            "250 HELP",
        ];

    private async Task<Stream> EncryptAsync(Stream stream)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(_certificate!);
        return encrypted;
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, Encoding.Latin1, leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };

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
