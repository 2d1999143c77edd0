using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmark.Tests.Support;

/// <summary>
/// A real RabbitMQ of its own, with its management API: on free ports of 127.0.0.1, in a temporary directory.
/// </summary>
public sealed class RabbitServer : IAsyncDisposable
{
    // It starts in five seconds; on a machine with ten times the work it can do, its runtime alone took 45.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private const string Program = "rabbitmq-server";
    private const string Package = "rabbitmq-server";
    private const string Programs = "/usr/lib/rabbitmq/bin";

    private readonly string _program = Path.Combine(DebianPackage.DirectoryOf(Program, Package, Programs), Program);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-rabbit-");
    private readonly int _port = FreePort.Find();
    private readonly int _managementPort = FreePort.Find();
    private readonly int _distributionPort = FreePort.Find();
    private readonly int _mapperPort = FreePort.Find();
    private readonly ChildProcess _portMapper;
    private ChildProcess _broker;

    private RabbitServer(string configuration)
    {
        File.WriteAllText(
            $"{_directory}/enabled_plugins", "[rabbitmq_management,rabbitmq_shovel,rabbitmq_shovel_management].");
        File.WriteAllText($"{_directory}/rabbitmq.conf", $"""
            listeners.tcp.default = 127.0.0.1:{_port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {_managementPort}
            {configuration}

            """);
        // A child of ours, so that nothing stays behind: the broker would start one that outlives it.
        _portMapper = ChildProcess.Start("epmd", ["-port", $"{_mapperPort}", "-address", "127.0.0.1"]);
        _broker = Launch();
        Management = new RabbitManagement(ManagementAddress);
    }

    /// <summary>Why it cannot be had on this machine; null when it can.</summary>
    public static string? WhyNot => DebianPackage.WhyNot(Program, Package, Programs);

    /// <summary>The management API, as the administrator <c>guest</c>.</summary>
    public RabbitManagement Management { get; }

    /// <summary>Where the management API answers, for users who are not its administrator.</summary>
    public Uri ManagementAddress => new($"http://127.0.0.1:{_managementPort}/");

    /// <summary>The errors in its log.</summary>
    public IEnumerable<string> LoggedErrors => Directory.EnumerateFiles($"{_directory}/log", "*.log")
        .SelectMany(File.ReadAllLines).Where(line => line.Contains(" [error] ", StringComparison.Ordinal));

    /// <summary>What the broker has used of the processors so far.</summary>
    public TimeSpan ProcessorTime => _broker.ProcessorTime;

    /// <summary>What <c>rabbitmqctl</c> needs in its environment to find this broker.</summary>
    public IReadOnlyDictionary<string, string> ToolEnvironment => new Dictionary<string, string>
    {
        // The script in /usr/sbin changes the user first.
        ["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}",
        ["HOME"] = _directory.FullName,
        ["RABBITMQ_NODENAME"] = NodeName,
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["ERL_EPMD_PORT"] = $"{_mapperPort}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
    };

    private string NodeName => $"benchmark{_port}@localhost";

    /// <summary>Starts a broker.</summary>
    /// <param name="configuration">More lines of <c>rabbitmq.conf</c>.</param>
    public static async Task<RabbitServer> StartAsync(string configuration = "")
    {
        var server = new RabbitServer(configuration);
        await server.UntilReadyAsync();
        return server;
    }

    /// <summary>Address of a virtual host for a user.</summary>
    public Uri Address(string virtualHost, string user = "guest", string password = "guest") =>
        new($"amqp://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@127.0.0.1:{_port}/"
            + Uri.EscapeDataString(virtualHost));

    /// <summary>Runs <c>rabbitmqctl</c> against it.</summary>
    // By way of a shell, which looks for the program where ToolEnvironment says.
    public void Control(params string[] arguments) =>
        ChildProcess.Run("sh", ["-c", "exec rabbitmqctl \"$@\"", "sh", .. arguments], ToolEnvironment);

    /// <summary>Ends the broker without a word (SIGKILL). What it has confirmed must survive.</summary>
    public async Task KillAsync()
    {
        await QueuesAreOnDiskAsync();
        await _broker.KillAsync();
    }

    /// <summary>Lets it keep its connections, accept new ones, and say nothing on any of them.</summary>
    public Task FreezeAsync() => _broker.SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync() => _broker.SignalAsync("CONT");

    /// <summary>Starts the broker again on what it had on disk.</summary>
    public async Task RestartAsync()
    {
        _broker = Launch();
        await UntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Management.Dispose();
        await _broker.KillAsync();
        await _portMapper.KillAsync();
        _directory.Delete(recursive: true);
    }

    // The broker confirms a quorum queue about a second before its name is on disk. Killed in between, it starts the
    // queue without a leader and never elects one (seen with 3.10.8): nobody can use that queue until it is deleted.
    private async Task QueuesAreOnDiskAsync()
    {
        var queues = (await Management.GetAsync("queues"))!.AsArray()
            .Where(queue => queue!["type"]!.GetValue<string>() == "quorum")
            .Select(queue => $"{queue!["vhost"]}_{queue["name"]}").ToList();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (queues.Count > 0 && !queues.TrueForAll(QuorumNames().Contains))
            await timer.WaitForNextTickAsync();
    }

    private string QuorumNames() =>
        File.ReadAllText($"{_directory}/data/{NodeName}/quorum/{NodeName}/names.dets", Encoding.Latin1);

    private ChildProcess Launch() => ChildProcess.Start(
        _program,
        [],
        new Dictionary<string, string>
        {
            ["HOME"] = _directory.FullName,
            ["RABBITMQ_NODENAME"] = NodeName,
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_CONFIG_FILE"] = $"{_directory}/rabbitmq.conf",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = $"{_directory}/enabled_plugins",
            ["RABBITMQ_MNESIA_BASE"] = $"{_directory}/data",
            ["RABBITMQ_LOG_BASE"] = $"{_directory}/log",
            ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
            ["ERL_EPMD_PORT"] = $"{_mapperPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            // Two schedulers are plenty, and leave the cores to what is tested.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
            // The start script then becomes the broker, which can be killed by its pid.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
        },
        _directory.FullName);

    private async Task UntilReadyAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!(await ListensAsync(patience.Token) && await Management.IsUpAsync(patience.Token)))
        {
            if (_broker.HasExited || patience.IsCancellationRequested)
                throw new InvalidOperationException($"RabbitMQ did not start. Its log says:\n{Log()}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<bool> ListensAsync(CancellationToken ct)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _port, ct);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private string Log() => string.Join('\n', Directory.Exists($"{_directory}/log")
        ? Directory.GetFiles($"{_directory}/log").Select(File.ReadAllText)
        : ["nothing"]);
}
