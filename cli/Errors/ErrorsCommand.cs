using System.CommandLine;
using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting.Broker;

namespace Benchmark.Cli.Errors;

/// <summary>
/// <c>benchmark errors</c>: what waits in the <c>_error</c> queues; sends it again, or puts it into a file.
/// </summary>
internal static class ErrorsCommand
{
    // They are held in memory while they are looked at.
    private const int Most = 1000;

    private static readonly Argument<string[]> s_ids = new("id")
    {
        Description = "Ids, or the beginnings of ids, as 'benchmark errors' shows them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> s_all = new("--all") { Description = "Every message." };

    private static readonly Option<string> s_reason = new("--reason")
    {
        Description = "Why they are not needed; kept with them.",
        HelpName = "text",
        Required = true,
    };

    private static readonly Option<bool> s_dryRun = new("--dry-run") { Description = "Only show which they are." };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("errors", "Show the messages that services have given up on, with the cause.");
        command.SetAction((parsed, ct) => ListAsync(new Invocation(parsed, terminal), ct));
        var retry = new Command("retry", "Send them to their queues again, once the cause is mended.")
        {
            s_ids, s_all, s_dryRun,
        };
        retry.SetAction((parsed, ct) => RetryAsync(new Invocation(parsed, terminal), ct));
        var discard = new Command("discard", "Take them out of the queues, and keep them as files in the state.")
        {
            s_ids, s_all, s_reason, s_dryRun,
        };
        discard.SetAction((parsed, ct) => DiscardAsync(new Invocation(parsed, terminal), ct));
        command.Subcommands.Add(retry);
        command.Subcommands.Add(discard);
        return command;
    }

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken ct)
    {
        await using var errors = await ErrorQueues.ConnectAsync(invocation.Configuration, ct);
        Show(invocation, [.. (await TakeAsync(errors, ct)).Select(FailedMessage.Of)]);
        return ExitCode.Done;
    }

    private static Task<int> RetryAsync(Invocation invocation, CancellationToken ct) =>
        EachAsync(invocation, "sent again", (errors, message) => errors.SendAgainAsync(message, ct), ct);

    private static Task<int> DiscardAsync(Invocation invocation, CancellationToken ct) =>
        EachAsync(invocation, "discarded", async (errors, message) =>
        {
            // First the file: of a crash in between, both are left.
            invocation.Terminal.Note($"Kept in {Keep(invocation, message)}");
            await errors.RemoveAsync(message, ct);
        }, ct);

    private static async Task<int> EachAsync(
        Invocation invocation, string done, Func<ErrorQueues, SetAside, Task> act, CancellationToken ct)
    {
        var (ids, all) = (invocation.Value(s_ids) ?? [], invocation.Value(s_all));
        if (ids.Length > 0 == all)
            throw new UsageException("Name messages by their ids, or all with --all. See: benchmark errors.");
        await using var errors = await ErrorQueues.ConnectAsync(invocation.Configuration, ct);
        var taken = await TakeAsync(errors, ct);
        var selected = taken.Where(message => all || ids.Any(id => Matches(message, id))).ToList();
        foreach (var id in ids.Where(id => !taken.Any(message => Matches(message, id))))
            throw new UsageException($"No message '{id}' waits in an _error queue. See: benchmark errors.");
        if (!invocation.Value(s_dryRun))
        {
            foreach (var message in selected)
                await act(errors, message);
        }
        Show(invocation, [.. selected.Select(FailedMessage.Of)]);
        invocation.Terminal.Note(
            $"{Format.Count(selected.Count)} {(invocation.Value(s_dryRun) ? "would be " : "")}{done}.");
        return ExitCode.Done;
    }

    private static bool Matches(SetAside message, string id) =>
        FailedMessage.Of(message).Id.StartsWith(id, StringComparison.OrdinalIgnoreCase);

    private static async Task<IReadOnlyList<SetAside>> TakeAsync(ErrorQueues errors, CancellationToken ct)
    {
        var taken = new List<SetAside>();
        foreach (var queue in Queues.All)
            taken.AddRange(await errors.TakeAsync(queue, Most, ct));
        return taken;
    }

    private static string Keep(Invocation invocation, SetAside message)
    {
        var failed = FailedMessage.Of(message);
        var directory = Directory.CreateDirectory(Path.Combine(invocation.StateDirectory, "discarded")).FullName;
        var now = TimeProvider.System.GetUtcNow();
        var path = Path.Combine(directory, string.Create(
            CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmssfff}-{failed.Queue}-{Guid.NewGuid():N}.json"));
        VolumeJson.Write(path, new
        {
            DiscardedAt = now,
            DiscardedBy = Environment.UserName,
            Reason = invocation.Value(s_reason),
            Message = failed,
            message.Body,
        });
        return path;
    }

    private static void Show(Invocation invocation, IReadOnlyList<FailedMessage> messages)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Json(messages);
            return;
        }
        var now = TimeProvider.System.GetUtcNow();
        foreach (var message in messages)
        {
            string[] fields =
            [
                $"{message.Queue}_error",
                message.Id,
                message.Message ?? "unknown",
                message.Model is null ? "no model" : $"{message.ValueStream}/{message.Model}",
                message.RunId is null ? "no run" : $"run {message.RunId}",
                message.FailedAt is { } at ? $"{Format.Age(now - at)} ago" : "no time",
                message.Cause ?? "no cause",
            ];
            invocation.Terminal.Line(string.Join('\t', fields.Select(Format.OnOneLine)));
        }
        if (messages.Count == 0)
            invocation.Terminal.Note("Nothing waits in an _error queue.");
    }
}
