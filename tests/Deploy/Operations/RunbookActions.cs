using System.Security.Cryptography;
using Benchmark.Contracts.Volume;
using Benchmark.Data;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>What is done before a paragraph, in place of a cluster, and to see that a command did its work.</summary>
internal sealed class RunbookActions
{
    /// <summary>Programs that are run for real, in a shell.</summary>
    public static readonly IReadOnlyList<string> Tools =
        ["createuser", "createdb", "psql", "pg_dump", "pg_restore", "rabbitmqctl", "sqlite3", "sha256sum", "cp",
            "mkdir", "mv"];

    /// <summary>Programs whose lines are only looked at, by <see cref="Naming_objects_of_the_cluster"/>.</summary>
    public static readonly IReadOnlyList<string> OfACluster = ["oc", "alias", "export"];

    private static readonly EnumerationOptions s_everything =
        new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    private readonly Installation _installation;
    private readonly Dictionary<string, Func<Task>> _beginnings;
    private readonly Dictionary<string, Func<Task>> _ends;
    private readonly HashSet<string> _used = [];
    private string? _registry;
    private IReadOnlyList<string> _aside = [];

    // All that exit with another code than 0.
    private readonly Dictionary<string, int> _exitCodes = new()
    {
        // Its columns have moved.
        ["benchmark psi value_stream_2/model_b /mnt/efs/value_stream_2/model_b/.rejected/RUN/benchmark.csv"] = 2,
    };

    // What a person types, because it asks.
    private readonly Dictionary<string, string> _typed = new()
    {
        ["createuser --pwprompt benchmark"] = @"first-database\nfirst-database\n",
        ["rabbitmqctl change_password fetcher"] = @"second-broker\n",
        [@"psql --dbname=benchmark --command '\password benchmark'"] = @"second-database\nsecond-database\n",
    };

    public RunbookActions(Installation installation)
    {
        _installation = installation;
        _beginnings = new()
        {
            ["Rerun failures"] = FailAndRepairAsync,
            ["Restore the database"] = CopyTheDemosDatabase,
            ["Restore the volume"] = LoseTheVolumeAsync,
            ["Alert: refresh rejected"] = RejectAsync,
            ["Alert: message in an error queue"] = installation.LeaveAnErrorAsync,
        };
        _ends = new()
        {
            ["oc apply --server-side -k deploy/openshift/overlays/prod"] = installation.StartAsync,
            ["oc rollout restart deployment/fetcher"] = installation.RestartAsync,
            ["oc rollout restart deployment/notifier"] = installation.RestartAsync,
            ["oc scale deployment/notifier --replicas=0"] = installation.StopAsync,
            ["oc scale deployment/notifier --replicas=2"] = installation.StartAsync,
            ["mv /mnt/efs/* /mnt/efs/.aside/"] = RememberWhatIsAside,
            ["cp --archive --remove-destination /mnt/efs/.backup/. /mnt/efs/"] = HaveRestoredAsync,
            ["rabbitmqctl change_password fetcher"] = Rotated(() => installation.BrokerPassword = "second-broker"),
            [@"psql --dbname=benchmark --command '\password benchmark'"] =
                Rotated(() => installation.DatabasePassword = "second-database"),
            [ReplayCommand] = installation.ErrorIsReplayedAsync,
            ["benchmark rollback value_stream_1/model_x --to 41 --reason \"load of October was broken\" --wait"] =
                RolledBackAsync,
        };
    }

    /// <summary>Keys of the tables here that the runbook does not have (any more).</summary>
    public IEnumerable<string> Unused =>
        _exitCodes.Keys.Concat(_typed.Keys).Concat(_beginnings.Keys).Concat(_ends.Keys).Except(_used);

    public int ExitCode(string command) => Used(_exitCodes, command);

    public string Typed(string command) => Used(_typed, command) ?? "";

    public Task BeginAsync(string section) => Used(_beginnings, section)?.Invoke() ?? Task.CompletedTask;

    public Task EndAsync(string command) => Used(_ends, command)?.Invoke() ?? Task.CompletedTask;

    /// <summary>Merges a part of a registry into the one that is used, as a person would.</summary>
    public async Task RegisterAsync(string yaml)
    {
        _registry = await File.ReadAllTextAsync(_installation.Registry);
        var changes = _installation.RegistryChanges;
        await File.WriteAllTextAsync(
            _installation.Registry,
            RegistryMerge.Of(_registry, yaml.Replace("/mnt/efs", _installation.Volume.Root)));
        await _installation.RegistryIsReadAsync(changes + 1);
    }

    private static string ReplayCommand => Runbook.Steps.Single(step => step.Text.Contains("shovel replay")).Text;

    private T? Used<T>(Dictionary<string, T> table, string key)
    {
        _used.Add(key);
        return table.GetValueOrDefault(key);
    }

    private static Func<Task> Rotated(Action change) => () =>
    {
        change();
        return Task.CompletedTask;
    };

    // In even months of the demo, one model's data is broken; in odd ones it is right.
    private async Task FailAndRepairAsync()
    {
        await _installation.NextMonthAsync();
        await _installation.RejectAsync("--all");
        await _installation.NextMonthAsync();
    }

    private async Task RejectAsync()
    {
        await _installation.NextMonthAsync();
        await _installation.RejectAsync("value_stream_2/model_b");
    }

    private Task CopyTheDemosDatabase()
    {
        File.Copy(
            Path.Combine(_installation.Directory, "state", "benchmark.db"),
            Path.Combine(_installation.Directory, "benchmark.db"));
        return Task.CompletedTask;
    }

    // Damaged, not empty: one model's versions are gone, all else is there.
    private async Task LoseTheVolumeAsync()
    {
        (await _installation.ShellAsync("cp --archive /mnt/efs /backup")).ExitCode.Should().Be(0);
        (await _installation.ShellAsync("mv /backup /mnt/efs/.backup")).ExitCode.Should().Be(0);
        Directory.Delete(_installation.Volume.Model("value_stream_1", "model_x").Versions, recursive: true);
    }

    private Task RememberWhatIsAside()
    {
        Directory.GetDirectories(_installation.Volume.Root).Select(Path.GetFileName)
            .Should().OnlyContain(name => name!.StartsWith('.'), "every value stream is aside");
        _aside = Contents(".aside");
        _aside.Should().NotBeEmpty();
        return Task.CompletedTask;
    }

    private Task HaveRestoredAsync()
    {
        var model = _installation.Volume.Model("value_stream_1", "model_x");
        Posix.Identity(model.Benchmark).Should().BeOneOf(
            [.. Directory.GetDirectories(model.Versions).Select(
                version => Posix.Identity(Path.Combine(version, "benchmark.csv")))]);
        Contents(".aside").Should().Equal(_aside, "the copy wrote through no link");
        return Task.CompletedTask;
    }

    private List<string> Contents(string directory) =>
        [.. Directory.GetFiles(Path.Combine(_installation.Volume.Root, directory), "*", s_everything)
            .Order(StringComparer.Ordinal).Select(path => $"{path} {Sum(path)}")];

    private async Task RolledBackAsync()
    {
        var model = _installation.Volume.Model("value_stream_1", "model_x");
        Sum(model.Benchmark).Should().Be(Sum(model.Version(1).Data), "the same bytes are served again");
        // Or the refresh after the rollback would be rejected, because types changed.
        Types(model.Manifest).Should().Equal(Types(model.Version(1).Manifest));

        if (_registry is null || await File.ReadAllTextAsync(_installation.Registry) == _registry)
            return;
        var changes = _installation.RegistryChanges;
        await File.WriteAllTextAsync(_installation.Registry, _registry);
        await _installation.RegistryIsReadAsync(changes + 1);
    }

    private static IEnumerable<(string Name, ColumnType Type)> Types(string manifest) =>
        VolumeJson.Read<Manifest>(manifest).Columns.Select(column => (column.Name, column.Type));

    private static string Sum(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
