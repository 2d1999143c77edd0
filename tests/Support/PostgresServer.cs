using Npgsql;

namespace Benchmark.Tests.Support;

/// <summary>A real PostgreSQL server of its own, in a temporary directory, on a socket there.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string Password = "s3cret";
    private const string Package = "postgresql";
    private const string Programs = "/usr/lib/postgresql/*/bin";

    private readonly string _programs = DebianPackage.DirectoryOf("initdb", Package, Programs);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-pg-");
    private readonly string _options;
    private int _databases;

    public PostgresServer()
        : this(durable: false)
    {
    }

    private PostgresServer(bool durable)
    {
        // Every database of every test keeps a pool of connections for a while.
        _options = $"-c listen_addresses='' -c fsync={(durable ? "on" : "off")} -c max_connections=400 -k {_directory}";
        File.WriteAllText($"{_directory}/password", Password);
        if (Environment.IsPrivilegedProcess)
            Run("chown", "-R", "postgres", _directory.FullName);
        RunAsServer(
            "initdb", "-D", $"{_directory}/data", "-U", "postgres", "--auth=scram-sha-256",
            $"--pwfile={_directory}/password",
            "--no-sync", "--encoding=UTF8", "--locale=C");
        Start();
    }

    /// <summary>Why it cannot be had on this machine; null when it can.</summary>
    public static string? WhyNot => DebianPackage.WhyNot("initdb", Package, Programs);

    public string ConnectionString => For("postgres");

    /// <summary>What <c>psql</c> and <c>pg_dump</c> need in their environment to be its administrator.</summary>
    public IReadOnlyDictionary<string, string> ToolEnvironment => new Dictionary<string, string>
    {
        ["PATH"] = $"{_programs}:{Environment.GetEnvironmentVariable("PATH")}",
        ["PGHOST"] = _directory.FullName,
        ["PGUSER"] = "postgres",
        ["PGPASSWORD"] = Password,
    };

    /// <summary>A server that waits for its disk at every commit, as in production: for measuring.</summary>
    public static PostgresServer Durable() => new(durable: true);

    /// <summary>Makes an empty database: nothing that another test does is seen in it.</summary>
    /// <returns>Its connection string.</returns>
    public string AddDatabase()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Execute($"create database {name}");
        return For(name);
    }

    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Ends it without a word, and everything that is under way in it. What is committed must survive.
    /// </summary>
    public void Kill() => RunAsServer("pg_ctl", "-D", $"{_directory}/data", "-m", "immediate", "stop");

    /// <summary>Starts it again on what it had on disk.</summary>
    public void Start() =>
        RunAsServer("pg_ctl", "-D", $"{_directory}/data", "-w", "-l", $"{_directory}/log", "-o", _options, "start");

    /// <summary>
    /// Stops the process of one session as it is: it neither answers nor hangs up, until this is disposed of.
    /// </summary>
    public static IDisposable Silence(string backend) => new Silent(backend);

    public void Dispose()
    {
        Kill();
        _directory.Delete(recursive: true);
    }

    private string For(string database) =>
        $"Host={_directory};Username=postgres;Password={Password};Database={database}";

    // PostgreSQL refuses to run as root.
    private void RunAsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        if (Environment.IsPrivilegedProcess)
            Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]);
        else
            Run(path, arguments);
    }

    // In a directory that the server's user may enter.
    private static void Run(string command, params string[] arguments) =>
        ChildProcess.Run(command, arguments, workingDirectory: "/");

    private sealed class Silent : IDisposable
    {
        private readonly string _backend;

        public Silent(string backend)
        {
            _backend = backend;
            Run("sh", "-c", $"kill -STOP {_backend}");
        }

        public void Dispose() => Run("sh", "-c", $"kill -CONT {_backend}");
    }
}
