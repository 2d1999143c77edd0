using System.Text.RegularExpressions;
using Benchmark.Contracts.Registry.Document;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Resolves who is notified.</summary>
internal static partial class NotifyResolver
{
    private const string Hint =
        "Write 'owner' as an email address, such as risk-analytics@bank.example, or set notify: {owner: false}.";

    public static NotifyTargets Targets(DefaultsSection settings)
    {
        var notify = settings.Notify!;
        var failures = Recipients(notify.Failures!, settings.Owner);
        return new NotifyTargets
        {
            Email = Texts(notify.Email),
            Owner = OwnerOf(notify, settings.Owner),
            Slack = notify.Slack!.Value,
            Webhook = Texts(notify.Webhook),
            On = notify.On!.Value,
            Failures = failures is { Email: [], Owner: null, Slack: false, Webhook: [] } ? null : failures,
        };
    }

    /// <summary>Reports an owner who is to be told but whose address nobody has written.</summary>
    public static void CheckOwner(DefaultsSection settings, DefaultsSection own, Problems problems)
    {
        if (!Told(settings) || (settings.Owner is { } owner && Address().IsMatch(owner)))
            return;
        if (own.Owner is not null)
            problems.Add(own.At(nameof(own.Owner)), NoAddress(own.Owner), Hint);
        else if (settings.Owner is { } inherited && Told(own))
            problems.Add(own.Notify!.Place, NoAddress(inherited), Hint);
        // The levels above need no owner, if each of their models has one.
        else if (settings.Owner is null && own is ModelSection)
            problems.Add(Told(own) ? own.Notify!.Place : own.Place,
                "'notify.owner' is true, but the model has no owner.", Hint);
    }

    private static string NoAddress(string owner) =>
        $"'notify.owner' is true, but the owner {Problems.Quote(owner)} is not an email address.";

    private static bool Told(DefaultsSection settings) =>
        settings.Notify is { Owner: true } or { Failures.Owner: true };

    private static Recipients Recipients(RecipientsSection section, string? owner) => new()
    {
        Email = Texts(section.Email),
        Owner = OwnerOf(section, owner),
        Slack = section.Slack!.Value,
        Webhook = Texts(section.Webhook),
    };

    private static string? OwnerOf(RecipientsSection section, string? owner) => section.Owner is true ? owner : null;

    private static string[] Texts(IReadOnlyList<Written>? written) => [.. (written ?? []).Select(text => text.Text)];

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
