using Benchmark.Contracts;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Who gets one report of a run, through which channel, about which models.</summary>
/// <param name="Channel">As in <see cref="Delivery.Channel"/>.</param>
/// <param name="Team">As in <see cref="Delivery.Team"/>.</param>
/// <param name="Scope">As in <see cref="Delivery.Scope"/>.</param>
/// <param name="Models">The models in the report; none stands for the whole run.</param>
internal sealed record Audience(string Channel, string Team, string Scope, IReadOnlyList<ModelKey> Models)
{
    /// <summary>The report of the whole run on the volume.</summary>
    public static Audience OfFile { get; } = new(Delivery.File, "", Delivery.All, []);

    /// <summary>The same, written anew.</summary>
    public static Audience OfCorrectedFile { get; } = OfFile with { Scope = Delivery.Correction };

    /// <summary>The mail addresses of a team.</summary>
    public static IReadOnlyList<string> Addresses(string team) =>
        team.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
