using System.CommandLine;
using System.Data.Common;
using Benchmark.Cli.Models;
using Benchmark.Cli.Runs;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume.Verifying;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Versions;

/// <summary><c>benchmark verify</c>: reads every version whole, and says what is not as it was published.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string[]> s_models = Arguments.Models();

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "verify", "Read every version whole, and say what is not as it was published; all models without one.")
        {
            s_models,
        };
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        // Where it is not mounted, nothing would be published, and nothing altered.
        VolumeProbe.RequireRoot(invocation.Volume);
        var models = ModelSelector.Select(RegistryFile.Read(invocation), invocation.Value(s_models) ?? []);
        var verification = new VersionVerification(invocation.Volume, TimeProvider.System, onRead: null);
        var found = new List<ModelVerification>();
        foreach (var model in models)
        {
            var result = await WithRunsAsync(
                invocation,
                verification.Verify(model.Name, VerificationRecord.Read(invocation.Volume, model.Name), ct), ct);
            found.Add(result);
            if (!invocation.Json)
                Show(invocation.Terminal, result);
            if (result.Files.Count > 0)
                Record(invocation, result);
        }
        var altered = found.Sum(result => result.Altered.Count);
        if (invocation.Json)
            invocation.Terminal.Json(found.Select(result => new
            {
                result.ValueStream,
                result.Model,
                result.VerifiedAt,
                result.Versions,
                result.Bytes,
                result.Unchained,
                result.Altered,
            }));
        else
            invocation.Terminal.Note(
                $"{Format.Models(found.Count)}, {Format.Count(found.Sum(result => result.Versions), "version")}, "
                + $"{Format.Bytes(found.Sum(result => result.Bytes))}: "
                + (altered == 0 ? "everything is as it was published."
                    : $"{altered} {(altered == 1 ? "file is" : "files are")} not as published, or unreadable."));
        return altered == 0 ? ExitCode.Done : ExitCode.SomeNotRefreshed;
    }

    private static void Show(Terminal terminal, ModelVerification result)
    {
        if (result.Files.Count == 0)
            terminal.Line($"{result.Name}\tnever published");
        else if (result.Altered.Count == 0)
            terminal.Line(
                $"{result.Name}\t{result.Versions} version{(result.Versions == 1 ? "" : "s")}\t"
                + $"{Format.Bytes(result.Bytes)}\tas published");
        foreach (var file in result.Altered)
            terminal.Line(
                $"{result.Name}\t{(file.IsUnreadable ? "unreadable" : "altered")}\t{file.InWords}");
        if (result.Unchained.Count > 0)
            terminal.Note(
                $"{result.Name}: the manifest of version {string.Join(", ", result.Unchained)} is from before "
                + "manifests were chained: whether it was altered, nothing tells.");
    }

    // Where nothing is left on the volume, only the runs may tell that something was there.
    private static async Task<ModelVerification> WithRunsAsync(
        Invocation invocation, ModelVerification result, CancellationToken ct)
    {
        if (result.Files.Count > 0 || await LastPublishedAsync(invocation, result.Name, ct) is not { } published)
            return result;
        var paths = invocation.Volume.Model(result.Name);
        return result with
        {
            Files =
            [
                new VerifiedFile
                {
                    File = paths.Relative(paths.Versions),
                    Problem = $"It is not there, although the run database knows that run {published.RunId} has "
                        + $"published version {published.Refresh.Version}.",
                    LastRightAt = published.EndedAt,
                    WrongSince = result.VerifiedAt,
                },
            ],
        };
    }

    private static async Task<LatestRefresh?> LastPublishedAsync(
        Invocation invocation, ModelKey name, CancellationToken ct)
    {
        try
        {
            var refreshes = await RunHistory.Open(invocation).OfModelAsync(name, ModelChronicle.MostRefreshes, ct);
            return refreshes.FirstOrDefault(refresh => refresh.Refresh.Outcome == Outcome.Published);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            invocation.Terminal.Note(
                $"{name}: nothing is on the volume, and the run database cannot be asked: {e.Message.TrimEnd('.')}.");
            return null;
        }
    }

    // Whoever may only read the volume may verify it as well; then the next look does not know of this one.
    private static void Record(Invocation invocation, ModelVerification result)
    {
        try
        {
            VerificationRecord.Write(invocation.Volume, result);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            invocation.Terminal.Note($"What was found of {result.Name} is not kept: {e.Message}");
        }
    }
}
