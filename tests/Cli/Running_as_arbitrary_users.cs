using System.Text.Json;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

/// <summary>
/// OpenShift runs the pods of a namespace as a user of its range, to whom no file belongs, with group 0. After a move
/// to another namespace, it is another user.
/// </summary>
public sealed class Running_as_arbitrary_users : IDisposable
{
    private const string First = "1000680000";
    private const string Second = "1000990000";

    private readonly Workplace _place = new();

    public Running_as_arbitrary_users()
    {
        ChildProcess.Run("chmod", ["755", _place.Directory]);
        ChildProcess.Run("chmod", ["2770", _place.Volume]);
    }

    public void Dispose() => _place.Dispose();

    [Fact(Timeout = 300_000)]
    public async Task Lets_the_second_work_with_what_the_first_has_written()
    {
        await RefreshAsync(First, rows: 1);
        await RefreshAsync(First, rows: 2);
        await RunAsync(First, "rollback", "vs/a", "--to", "1", "--reason", "test");
        await RunAsync(First, "pin", "vs/a", "1", "--reason", "audit");
        await RefreshAsync(First, rows: 3);

        await RefreshAsync(Second, rows: 4);
        await RunAsync(Second, "rollback", "vs/a", "--to", "2", "--reason", "test");
        await RunAsync(Second, "unpin", "vs/a", "1");
        await RunAsync(Second, "pin", "vs/a", "2", "--reason", "audit");
        await RunAsync(Second, "verify", "vs/a");
        Age(_place.OnVolume("vs/a/.versions"));
        await RunAsync(Second, "prune", "vs/a");

        Directory.GetFileSystemEntries(_place.OnVolume("vs/a/.versions")).Select(Path.GetFileName)
            .Should().BeEquivalentTo("000002", "000002.pinned", "000006");
        (await File.ReadAllTextAsync(_place.OnVolume("vs/a/benchmark.csv"))).Should().Be("id\n0\n1\n");
    }

    [Fact(Timeout = 300_000)]
    public async Task Keeps_a_file_of_somebody_else_that_it_may_not_link()
    {
        await RefreshAsync(First, rows: 1);
        File.Delete(_place.OnVolume("vs/a/benchmark.csv"));
        await File.WriteAllTextAsync(_place.OnVolume("vs/a/benchmark.csv"), "by hand\n");

        await RefreshAsync(First, rows: 2);

        var kept = Directory.GetFiles(_place.OnVolume("vs/a/.versions")).Single();
        kept.Should().Contain(".foreign-");
        (await File.ReadAllTextAsync(kept)).Should().Be("by hand\n");
        (await File.ReadAllTextAsync(_place.OnVolume("vs/a/benchmark.csv"))).Should().Be("id\n0\n1\n");
    }

    private async Task RefreshAsync(string user, int rows)
    {
        _place.Warehousing($"create or replace table a as select range as id from range({rows})");
        _place.Registers("a: {table: a, keep_versions: 1}");
        var result = await RunAsync(user, "refresh", "vs/a", "--json");
        JsonDocument.Parse(result).RootElement.GetProperty("models")[0].GetProperty("outcome").GetString()
            .Should().Be("published", result);
    }

    private async Task<string> RunAsync(string user, params string[] args)
    {
        // Its database is in PostgreSQL there, so files of another user are no matter.
        _place.State = _place.InDirectory($"state-{user}");
        Directory.CreateDirectory(_place.State);
        ChildProcess.Run("chmod", ["777", _place.State]);
        using var child = Environment.IsPrivilegedProcess ? _place.StartAs(user, args) : _place.Start(args);
        (await child.ExitAsync()).Should().Be(0, string.Join(' ', args) + child.Output + child.Error);
        return child.Output;
    }

    // As if they had been published a month earlier.
    private static void Age(string versions)
    {
        foreach (var directory in Directory.GetDirectories(versions))
        {
            var path = Path.Combine(directory, "manifest.json");
            var manifest = VolumeJson.Read<Manifest>(path);
            VolumeJson.Write(path, manifest with { PublishedAt = manifest.PublishedAt.AddDays(-30) });
        }
    }
}
