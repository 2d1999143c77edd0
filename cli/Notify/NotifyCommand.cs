using System.CommandLine;
using Benchmark.Cli.Models;
using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Deliveries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Benchmark.Cli.Notify;

/// <summary><c>benchmark notify test</c>: a sample report to everybody, and what each channel answered.</summary>
internal static class NotifyCommand
{
    private static readonly Argument<string[]> s_models = Arguments.Models();

    private static readonly Option<string?> s_channel = new Option<string?>("--channel")
    {
        Description = "Test this channel alone: mail, slack or webhook.",
    }.AcceptOnlyFromAmong(Delivery.Mail, Delivery.Slack, Delivery.Webhook);

    private static readonly Option<string?> s_to = new("--to")
    {
        Description = "Mail the sample to this address, and to nobody whom the registry names.",
        HelpName = "address",
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<string>()?.Split('@') is not [{ Length: > 0 }, { Length: > 0 }])
                    result.AddError("--to takes a mail address such as name@bank.example.");
            },
        },
    };

    public static Command Create(Terminal terminal)
    {
        var test = new Command(
            "test", "Send a sample report, marked as a test, to everybody whom the registry names for these models, or "
            + "for all, and say what each channel answered. Run it where the Notifier runs, with its settings.")
        {
            s_models, s_channel, s_to,
        };
        test.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return new Command("notify", "Test the channels that reports are sent through.") { test };
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var (channel, to) = (invocation.Value(s_channel), invocation.Value(s_to));
        if (to is not null && channel is not (null or Delivery.Mail))
            throw new UsageException($"--to is a mail address; it does not go with --channel {channel}.");
        var registry = ModelSelector.Restrict(RegistryFile.Read(invocation), invocation.Value(s_models) ?? []);
        var answers = await SendAsync(invocation, registry, channel, to, ct);
        if (answers.Count == 0)
            throw new UsageException($"The registry names nobody to tell{(channel is null ? "" : $" by {channel}")}. "
                + "Add notify: {email: […]}, a webhook, or slack: true with SLACK_WEBHOOK_URL set.");
        Show(invocation, answers);
        return answers.All(answer => answer.Delivered) ? ExitCode.Done
            : answers.Any(answer => answer.Delivered) ? ExitCode.SomeNotRefreshed
            : ExitCode.Infrastructure;
    }

    private static async Task<IReadOnlyList<ChannelAnswer>> SendAsync(
        Invocation invocation, ModelRegistry registry, string? channel, string? to, CancellationToken ct)
    {
        // Not started: only what sends is needed of it.
        using var host = OneProcess.Create(invocation);
        host.Services.GetService<IStartupValidator>()?.Validate();
        return await host.Services.GetRequiredService<ChannelTest>().SendAsync(registry, channel, to, ct);
    }

    private static void Show(Invocation invocation, IReadOnlyList<ChannelAnswer> answers)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Json(answers);
            return;
        }
        foreach (var answer in answers)
            invocation.Terminal.Line(
                $"{(answer.Delivered ? "ok" : "failed")}\t{answer.Channel}\t{answer.Recipient}\t{answer.Answer}");
    }
}
