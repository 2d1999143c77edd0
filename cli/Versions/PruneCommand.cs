using System.CommandLine;
using Benchmark.Cli.Models;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Versions;

/// <summary><c>benchmark prune</c>: removes the versions that retention does not keep, now.</summary>
internal static class PruneCommand
{
    // Large files are removed slowly on a network volume.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private static readonly Argument<string[]> s_models = Arguments.Models();

    private static readonly Option<bool> s_dryRun =
        new("--dry-run") { Description = "Only show what would be removed, and how many bytes." };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "prune", "Remove the versions that retention does not keep, as a publication does; all models without one.")
        {
            s_models, s_dryRun,
        };
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        // Where it is not mounted, nothing would be there to remove.
        VolumeProbe.RequireRoot(invocation.Volume);
        var models = ModelSelector.Select(RegistryFile.Read(invocation), invocation.Value(s_models) ?? []);
        var expired = models.SelectMany(model => ExpiredOf(invocation, model)).ToList();
        var dryRun = invocation.Value(s_dryRun);
        if (!dryRun && expired.Count > 0)
            await PublisherRequest.SendAsync(
                invocation,
                [.. expired.Select(version => (version.ValueStream, version.Model)).Distinct().Select(name =>
                    new PruneVersions
                    {
                        ValueStream = name.ValueStream,
                        Model = name.Model,
                        RequestedBy = Environment.UserName,
                    })],
                () => expired.TrueForAll(IsGone), s_patience, ct);
        Show(invocation, expired, dryRun);
        return ExitCode.Done;
    }

    private static IEnumerable<ExpiredVersion> ExpiredOf(Invocation invocation, ModelDefinition model)
    {
        var paths = invocation.Volume.Model(model.Name);
        var expired = Retention.Expired(
            paths, model, TimeProvider.System.GetUtcNow(),
            (path, problem) => invocation.Terminal.Note($"{path} is kept: {problem.Message}"));
        // Of versions with the same data, which a rollback makes, the last one frees the bytes.
        var kept = PublishedVersions.All(paths).Except(expired)
            .Select(version => Posix.Identity(paths.Version(version).Data)?.Inode).ToHashSet();
        foreach (var version in expired)
        {
            var files = paths.Version(version);
            var data = Posix.Identity(files.Data);
            yield return new ExpiredVersion
            {
                ValueStream = model.ValueStream,
                Model = model.Model,
                Version = version,
                PublishedAt = VolumeJson.Read<Manifest>(files.Manifest).PublishedAt,
                Bytes = data is { } file && kept.Add(file.Inode) ? file.Bytes : 0,
                Directory = files.Directory,
            };
        }
    }

    // It is moved away before it is removed.
    private static bool IsGone(ExpiredVersion version) => !Posix.Exists(version.Directory)
        && !DirectoryEntries.Of(
            Path.GetDirectoryName(version.Directory)!, $"{Path.GetFileName(version.Directory)}.", ".tmp").Any();

    private static void Show(Invocation invocation, List<ExpiredVersion> expired, bool dryRun)
    {
        var terminal = invocation.Terminal;
        if (invocation.Json)
        {
            terminal.Json(new
            {
                DryRun = dryRun,
                Bytes = expired.Sum(version => version.Bytes),
                Versions = expired,
            });
            return;
        }
        foreach (var version in expired)
            terminal.Line(
                $"{version.ValueStream}/{version.Model} version {version.Version} published "
                + $"{Format.Moment(version.PublishedAt)} {Format.Bytes(version.Bytes)}");
        terminal.Note(
            $"{(dryRun ? "Would remove" : "Removed")} {expired.Count} version{(expired.Count == 1 ? "" : "s")}, "
            + $"{Format.Bytes(expired.Sum(version => version.Bytes))}.");
    }
}

/// <summary>A version that retention does not keep.</summary>
internal sealed record ExpiredVersion
{
    public required string ValueStream { get; init; }

    public required string Model { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>What its removal frees; 0 when another version has the same file.</summary>
    public required long Bytes { get; init; }

    public required string Directory { get; init; }
}
