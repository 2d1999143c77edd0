using System.Text.Json;
using Benchmark.Tests.Support;
using DuckDB.NET.Data;

namespace Benchmark.Cli.Tests;

/// <summary>
/// A directory with a warehouse, a registry, a volume and a state, and the command line pointed at them.
/// </summary>
internal sealed class Workplace : IDisposable
{
    private readonly List<ChildProcess> _processes = [];
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("benchmark-cli-");

    public Workplace() => System.IO.Directory.CreateDirectory(InDirectory("efs"));

    public string Directory => _directory.FullName;

    public string Warehouse => InDirectory("warehouse.duckdb");

    public string Registry => InDirectory("models.yaml");

    public string Volume { get => field ?? InDirectory("efs"); set; }

    public string State { get => field ?? InDirectory("state"); set; }

    public void Dispose()
    {
        foreach (var process in _processes)
            process.Dispose();
        _directory.Delete(recursive: true);
    }

    public string InDirectory(string name) => Path.Combine(Directory, name);

    /// <summary>Writes a file of lines in the directory.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, IEnumerable<string> lines)
    {
        File.WriteAllText(InDirectory(name), string.Join('\n', lines) + "\n");
        return InDirectory(name);
    }

    public string OnVolume(string path) => Path.Combine(Volume, path);

    /// <summary>Makes a published file or its directory writable, as whoever alters it must.</summary>
    public static void MakeWritable(string path) =>
        ChildProcess.Run("chmod", ["u+w", path, Path.GetDirectoryName(path)!]);

    /// <summary>Removes a published file or directory, as whoever may write can.</summary>
    public void Remove(string path)
    {
        ChildProcess.Run("chmod", ["-R", "u+w", OnVolume(path)]);
        ChildProcess.Run("rm", ["-r", OnVolume(path)]);
    }

    /// <summary>Cuts a published file short.</summary>
    public void Damage(string path)
    {
        MakeWritable(OnVolume(path));
        File.WriteAllText(OnVolume(path), "{");
    }

    /// <summary>Runs SQL in the warehouse.</summary>
    public void Warehousing(string sql)
    {
        using var connection = new DuckDBConnection($"Data Source={Warehouse}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Writes a registry of these models of value stream <c>vs</c>, a YAML line each, that read the warehouse.
    /// </summary>
    public void Registers(params string[] models) => File.WriteAllText(Registry, $"""
        version: 1
        defaults:
          notify: [NOTIFY]
        sources:
          warehouse: [SOURCE]
        value_streams:
          vs:
            models:
        {string.Join('\n', models.Select(model => $"      {model}"))}

        """
        .Replace("[NOTIFY]", "{email: [team@bank.example]}")
        .Replace("[SOURCE]", $"{{kind: duckdb, connection: \"Data Source={Warehouse}\", files: [{InDirectory("")}]}}"));

    /// <summary>Runs a command line in this process, as a pipe sees it.</summary>
    public async Task<CommandResult> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var exitCode = await RunAsync(new Terminal(output, error), patience.Token, args);
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line in this process, on that terminal.</summary>
    public Task<int> RunAsync(Terminal terminal, CancellationToken ct, params string[] args) =>
        BenchmarkCommand.RunAsync([.. args, "--root", Volume, "--registry", Registry, "--state", State], terminal, ct);

    /// <summary>Looks again and again until something is so, or a process that would make it so has ended.</summary>
    public static async Task UntilAsync(ChildProcess process, Func<bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!process.HasExited && !isSo())
            await timer.WaitForNextTickAsync();
    }

    /// <summary>Starts a command line as a process of its own.</summary>
    public ChildProcess Start(params string[] args) => Start([], args);

    /// <summary>Starts a command line as another user, of group 0; takes root.</summary>
    public ChildProcess StartAs(string user, params string[] args) => Start(
        ["setpriv", "--reuid", user, "--regid", "0", "--clear-groups"],
        new Dictionary<string, string> { ["HOME"] = "/" }, args);

    /// <summary>Starts a command line as a process of its own, with these variables in its environment.</summary>
    public ChildProcess Start(Dictionary<string, string> environment, params string[] args) =>
        Start([], environment, args);

    private ChildProcess Start(string[] through, Dictionary<string, string> environment, string[] args)
    {
        environment.TryAdd("Pages__Address", "http://127.0.0.1:0");
        // env: a test run in the background would hand down that SIGINT is ignored.
        var process = ChildProcess.Start(
            "env",
            [
                "--default-signal=INT", .. through, "dotnet", typeof(Terminal).Assembly.Location, .. args,
                "--root", Volume, "--registry", Registry, "--state", State,
            ],
            environment, Directory);
        _processes.Add(process);
        return process;
    }
}

internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public JsonElement Model(string model) =>
        Json.GetProperty("models").EnumerateArray().Single(m => m.GetProperty("model").GetString() == model);
}
