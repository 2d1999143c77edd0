using Benchmark.Notifier.Deliveries;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Tests;

public sealed class Reporting_on_the_volume : IDisposable
{
    private readonly TempVolume _volume = new();
    private readonly Events _run = new();

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task Leaves_the_report_of_the_whole_run_beside_its_facts()
    {
        await using var notifier = await ReportedAsync();

        (await notifier.Runs.DeliveriesAsync(_run.RunId)).Should().Contain(
            delivery => delivery.Channel == Delivery.File && delivery.State == Delivery.Sent);
        (await File.ReadAllTextAsync(_volume.Layout.Report(_run.RunId))).Should().StartWith("<!DOCTYPE html>")
            .And.Contain("<td>value_stream_1/a</td>").And.Contain("<td>value_stream_1/b</td>");
    }

    [Fact]
    public async Task Keeps_reports_as_long_as_a_version_that_they_tell_of()
    {
        var version = _volume.Layout.Model("gone", "from_the_registry").Version(3).Directory;
        Directory.CreateDirectory(version);
        Directory.SetLastWriteTimeUtc(version, DaysAgo(500));
        var (older, newer) = (ReportOf(DaysAgo(501)), ReportOf(DaysAgo(499)));

        await using var notifier = await ReportedAsync();

        File.Exists(older).Should().BeFalse();
        File.Exists(newer).Should().BeTrue();
        File.Exists(_volume.Layout.Report(_run.RunId)).Should().BeTrue();
    }

    [Fact]
    public async Task Keeps_reports_for_400_days_however_few_versions_are_kept()
    {
        var version = _volume.Layout.Model("credit", "pd").Version(3).Directory;
        Directory.CreateDirectory(version);
        Directory.SetLastWriteTimeUtc(version, DaysAgo(1));
        var (older, newer) = (ReportOf(DaysAgo(401)), ReportOf(DaysAgo(399)));

        await using var notifier = await ReportedAsync();

        File.Exists(older).Should().BeFalse();
        File.Exists(newer).Should().BeTrue();
    }

    [Fact]
    public async Task Keeps_all_reports_of_a_volume_without_versions()
    {
        var old = ReportOf(DaysAgo(2000));

        await using var notifier = await ReportedAsync();

        File.Exists(old).Should().BeTrue();
    }

    [Fact]
    public async Task Forgets_after_400_days_that_a_run_was_cancelled()
    {
        var (older, newer) = (
            WrittenAt(_volume.Layout.Cancelled(Guid.NewGuid()), DaysAgo(401)),
            WrittenAt(_volume.Layout.Cancelled(Guid.NewGuid()), DaysAgo(399)));

        await using var notifier = await ReportedAsync();

        File.Exists(older).Should().BeFalse();
        File.Exists(newer).Should().BeTrue();
    }

    [Fact]
    public async Task Delivers_the_report_although_old_ones_cannot_be_removed()
    {
        var version = _volume.Layout.Model("credit", "pd").Version(3).Directory;
        Directory.CreateDirectory(version);
        // Not even root removes a directory as a file.
        var old = Directory.CreateDirectory(_volume.Layout.Report(Guid.NewGuid())).FullName;
        Directory.SetLastWriteTimeUtc(old, DaysAgo(401));

        await using var notifier = await ReportedAsync();

        (await notifier.Runs.DeliveriesAsync(_run.RunId)).Should().Contain(
            delivery => delivery.Channel == Delivery.File && delivery.State == Delivery.Sent);
        notifier.Log.Of(LogLevel.Warning).Should().ContainSingle(line => line.Contains("Old reports"));
    }

    private static DateTime DaysAgo(int days) => NotifierHost.Start.AddDays(-days).UtcDateTime;

    private string ReportOf(DateTime writtenAt) => WrittenAt(_volume.Layout.Report(Guid.NewGuid()), writtenAt);

    private static string WrittenAt(string path, DateTime writtenAt)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "<!DOCTYPE html>");
        File.SetLastWriteTimeUtc(path, writtenAt);
        return path;
    }

    private async Task<NotifierHost> ReportedAsync()
    {
        Directory.CreateDirectory(_volume.Layout.Bookkeeping);
        var notifier = await NotifierHost.StartAsync(_volume);
        await notifier.ConsumeAsync(_run.Started("a", "b"));
        await notifier.ConsumeAsync(_run.Published("a"));
        await notifier.ConsumeAsync(_run.Rejected("b"));
        await notifier.Sweep.SweepNowAsync();
        return notifier;
    }
}
