using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Benchmark.Contracts.Registry.Document;

[Description("Who is notified, and when.")]
internal sealed class NotifySection : RecipientsSection
{
    [DefaultValue(NotifyOn.Always)]
    [Description(
        "Which runs are reported: always; trouble, where a model failed, was rejected or is missing; moved, also where "
        + "one has moved or was published with a warning.")]
    public NotifyOn? On { get; set; }

    [Description("Who is also told of the models that failed, were rejected or are missing, and of those alone.")]
    public RecipientsSection? Failures { get; set; }
}

[Description("Where reports go.")]
internal class RecipientsSection : Section
{
    [RegularExpression(@"^[^@\s]+@[^@\s]+$", ErrorMessage = "an email address such as team@bank.example")]
    [Description("Email addresses; models with the same list share one report per run.")]
    public IReadOnlyList<Written>? Email { get; set; }

    [DefaultValue(false)]
    [Description("Whether the owner, an email address, gets a report of the models owned.")]
    public bool? Owner { get; set; }

    [DefaultValue(false)]
    [Description("Whether Slack is notified.")]
    public bool? Slack { get; set; }

    [OneOrMore]
    [RegularExpression(
        @"^(https?://|\$\{[A-Za-z_][A-Za-z0-9_]*\})\S*$",
        ErrorMessage = "${NAME} of an environment variable, or an https:// address")]
    [Description(
        "Where the run is posted as JSON, such as a Microsoft Teams workflow; ${NAME} is replaced from the Notifier's "
        + "environment.")]
    public IReadOnlyList<Written>? Webhook { get; set; }
}

/// <summary>A list that may be written as its only entry.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOrMoreAttribute : Attribute;
