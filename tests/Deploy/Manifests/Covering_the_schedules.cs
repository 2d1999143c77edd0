using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;
using Cronos;

namespace Benchmark.Deploy.Tests.Manifests;

[NeedsKustomize]
public sealed class Covering_the_schedules
{
    private static readonly DateTimeOffset s_from = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_late = TimeSpan.FromMinutes(15);

    public static TheoryData<string> Overlays => [.. Kustomize.Under(Kustomize.Overlays)];

    [Theory, MemberData(nameof(Overlays))]
    public void Has_models_that_a_service_can_read(string overlay) =>
        Registry(Kustomize.Overlay(overlay)).Models.Should().NotBeEmpty();

    [Theory, MemberData(nameof(Overlays))]
    public void Ticks_within_a_quarter_of_an_hour_of_every_slot(string overlay)
    {
        var manifests = Kustomize.Overlay(overlay);
        var ticks = manifests.Single(manifest => manifest.Kind == "CronJob").Spec;

        Registry(manifests).Models.Select(model => (model.Schedule, model.TimeZone)).Distinct()
            .SelectMany(slots => Uncovered(
                $"{ticks["schedule"]}", $"{ticks["timeZone"]}", slots.Schedule, slots.TimeZone))
            .Should().BeEmpty();
    }

    [Fact]
    public void Notices_a_tick_that_comes_before_its_slot() =>
        Uncovered("0 0 1 * *", "Etc/UTC", "0 0 1 * *", "America/New_York").Should().HaveCount(36);

    [Fact]
    public void Keeps_what_the_flat_keys_say()
    {
        var registry = Registry(Kustomize.Overlay("seed"));

        registry.Models.Select(model => $"{model.Name} {model.Threshold}").Should().Equal(
            "value_stream_1/model_x 0.05", "value_stream_1/model_y 0.05", "value_stream_2/model_z 0.05");
    }

    // The slots of three years that no tick follows in time.
    private static IReadOnlyList<DateTimeOffset> Uncovered(
        string ticks, string ticksIn, string slots, string slotsIn) =>
        [.. Occurrences(slots, slotsIn)
            .Where(slot => Next(ticks, ticksIn, slot) is not { } tick || tick - slot > s_late)];

    private static IEnumerable<DateTimeOffset> Occurrences(string schedule, string zone) =>
        CronExpression.Parse(schedule).GetOccurrences(
            s_from, s_from.AddYears(3), TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset? Next(string schedule, string zone, DateTimeOffset from) =>
        CronExpression.Parse(schedule).GetNextOccurrence(
            from, TimeZoneInfo.FindSystemTimeZoneById(zone), inclusive: true);

    // As the pods see it: a file for each key.
    private static ModelRegistry Registry(IReadOnlyList<Manifest> manifests)
    {
        using var mount = new TempVolume();
        var map = manifests.Single(manifest => manifest is { Kind: "ConfigMap", Name: "model-config" });
        foreach (var (name, value) in Manifest.Texts(map.Node["data"]))
            File.WriteAllText(Path.Combine(mount.Root, name), value);
        return RegistryReader.Read(
            mount.Root, new Dictionary<string, string?> { ["SNOWFLAKE_CONN"] = "account=a" }, "/mnt/efs");
    }
}
