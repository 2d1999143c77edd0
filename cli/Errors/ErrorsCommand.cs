using System.CommandLine;
using System.Globalization;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting.Broker;

namespace Benchmark.Cli.Errors;

/// <summary>
/// <c>benchmark errors</c>: what waits in the <c>_error</c> queues; sends it again, or puts it into a file.
/// </summary>
internal static class ErrorsCommand
{
    private static readonly Argument<string[]> s_ids = new("id")
    {
        Description = "Ids as 'benchmark errors' shows them, or beginnings that fit one id each.",
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
        var waiting = await WaitingMessages.TakeAsync(errors, ct);
        Show(invocation, [.. waiting.Messages.Select(FailedMessage.Of)]);
        foreach (var (queue, messages) in waiting.MoreThanTaken)
            invocation.Terminal.Note(
                $"{queue} holds {Format.Count(messages)}: the first {Format.Count(WaitingMessages.Most)} are shown.");
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
        var waiting = await WaitingMessages.TakeAsync(errors, ct);
        var selected = all ? waiting.Messages : waiting.Named(ids);
        var dryRun = invocation.Value(s_dryRun);
        if (!dryRun)
        {
            foreach (var message in selected)
                await act(errors, message);
            await errors.FinishAsync(ct);
        }
        Show(invocation, [.. selected.Select(FailedMessage.Of)]);
        invocation.Terminal.Note($"{Format.Count(selected.Count)} {(dryRun ? "would be " : "")}{done}.");
        foreach (var (queue, messages) in all ? waiting.MoreThanTaken : [])
            invocation.Terminal.Note(
                $"{queue} held {Format.Count(messages)}, of which these are the first: run the command again.");
        return ExitCode.Done;
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
            invocation.Terminal.Line(message.Line(now));
        if (messages.Count == 0)
            invocation.Terminal.Note("Nothing waits in an _error queue.");
    }
}
