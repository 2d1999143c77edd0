using System.Diagnostics;
using Npgsql;

namespace Benchmark.Tests.Support;

/// <summary>A real PostgreSQL server of its own, in a temporary directory, on a socket there.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string Password = "s3cret";

    private readonly string _programs = DebianPackage.DirectoryOf("initdb", "postgresql", "/usr/lib/postgresql/*/bin");
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-pg-");

    public PostgresServer()
    {
        File.WriteAllText($"{_directory}/password", Password);
        if (Environment.IsPrivilegedProcess)
            Run("chown", "-R", "postgres", _directory.FullName);
        RunAsServer("initdb", "-D", $"{_directory}/data", "-U", "postgres", "--auth=scram-sha-256", $"--pwfile={_directory}/password",
            "--no-sync", "--encoding=UTF8", "--locale=C");
        RunAsServer("pg_ctl", "-D", $"{_directory}/data", "-w", "-l", $"{_directory}/log",
            "-o", $"-c listen_addresses='' -c fsync=off -k {_directory}", "start");
    }

    public string ConnectionString => $"Host={_directory};Username=postgres;Password={Password};Database=postgres";

    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        RunAsServer("pg_ctl", "-D", $"{_directory}/data", "-m", "immediate", "stop");
        _directory.Delete(recursive: true);
    }

    // PostgreSQL refuses to run as root.
    private void RunAsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        if (Environment.IsPrivilegedProcess)
            Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private void Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _directory.FullName,
        };
        using var process = Process.Start(start)!;
        // pg_ctl hands its output to the server: waiting for its end would be waiting for the server's.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.WaitForExit(TimeSpan.FromSeconds(60)).Should().BeTrue();
        process.ExitCode.Should().Be(0, "{0} must work", command);
    }
}
