using System.Globalization;

namespace Benchmark.Deploy.Tests.Nfs;

/// <summary>The volume as production has it: NFS 4.1, and readers on clients of their own.</summary>
[NeedsKernelNfs]
public sealed class Publishing_over_nfs(PublishingMachine machine) : IClassFixture<PublishingMachine>
{
    private const string Model = "model_x";

    [Theory(Timeout = Machine.Patience)]
    [InlineData("bounded")]
    [InlineData("default")]
    public async Task Lets_a_reader_have_whole_versions_only(string reader)
    {
        var report = await machine.ReportAsync();

        var versions = report.Versions(Model).All;
        var reads = report.Reads(reader).Where(read => read.File == "benchmark.csv").ToList();
        reads.Select(read => read.Seen).Should().BeSubsetOf(versions.Select(version => version.Sha256));
        reads.Select(read => read.Seen).Distinct().Should().HaveCountGreaterThan(2);
        reads.Should().HaveCountGreaterThan(20);
    }

    [Theory(Timeout = Machine.Patience)]
    [InlineData("bounded")]
    [InlineData("default")]
    public async Task Lets_a_reader_have_the_facts_of_a_version_at_any_time(string reader)
    {
        var report = await machine.ReportAsync();

        var facts = report.Reads(reader).Where(read => read.File == "benchmark.json")
            .Select(read => read.Seen).Distinct().Select(sha256 => report.Facts(reader, sha256));
        facts.Select(seen => (seen.Version, seen.Sha256)).Should().BeSubsetOf(
            report.Versions(Model).All.Select(version => (version.Manifest.Version, version.Sha256)));
    }

    // What the mount options promise, and what the clock of a machine is behind that does not get its share of a core.
    [Theory(Timeout = Machine.Patience)]
    [InlineData("bounded", 3 + 2)]
    [InlineData("default", 60 + 2)]
    public async Task Shows_a_new_version_once_the_attribute_cache_is_too_old(string reader, double bound)
    {
        var report = await machine.ReportAsync();

        var lateness = Lateness(report, reader);
        Record(reader, report, lateness);
        lateness.Should().BeLessThan(bound);
    }

    [Fact(Timeout = Machine.Patience)]
    public async Task Publishes_as_any_user_through_an_access_point()
    {
        var report = await machine.ReportAsync();

        report.Step("first").ExitCode.Should().Be(0, report.Step("first").Error);
        report.Served(Model).Should().OnlyContain(served => served.Owner == "10001:10001");
    }

    [Fact(Timeout = Machine.Patience)]
    public async Task Says_who_may_write_when_there_is_no_access_point()
    {
        var report = await machine.ReportAsync();

        report.Step("plain-refresh").ExitCode.Should().Be(3);
        var check = report.Step("plain-check");
        check.ExitCode.Should().Be(3);
        check.Output.Should().Contain("/run/plain").And.Contain("denied")
            .And.Contain("1000660000:0").And.Contain("belongs to 10001:10001").And.Contain("access point");
    }

    [Fact(Timeout = Machine.Patience)]
    public async Task Completes_a_refresh_during_which_the_server_restarts()
    {
        var report = await machine.ReportAsync();

        report.Event("server_starts").GetProperty("refresh_runs").GetBoolean().Should().BeTrue();
        var refresh = report.Step("restarted");
        refresh.ExitCode.Should().Be(0, refresh.Output);
        refresh.Model(Model).GetProperty("outcome").GetString().Should().Be("published");
        report.Versions(Model).All.Should().OnlyContain(version => version.Sha256 == version.Manifest.Sha256);
    }

    [Fact(Timeout = Machine.Patience)]
    public async Task Gives_each_of_two_publishers_a_version_of_its_own_and_serves_the_highest()
    {
        string[] models = [Model, "model_1", "model_2", "model_3"];

        var report = await machine.ReportAsync();

        report.Event("clients").GetProperty("count").GetInt32().Should().Be(2);
        foreach (var model in models)
        {
            var versions = report.Versions(model);
            versions.All.Select(version => version.Manifest.Version)
                .Should().Equal(Enumerable.Range(1, versions.All.Count));
            versions.ServedSha256.Should().Be(versions.All[^1].Sha256);
            versions.Facts.Version.Should().Be(versions.All[^1].Manifest.Version);
            var published = new[] { "race-writer", "race-second" }.Select(step => report.Step(step).Model(model))
                .Where(refresh => refresh.GetProperty("outcome").GetString() != "superseded").ToList();
            published.Should().OnlyContain(refresh => refresh.GetProperty("outcome").GetString() == "published");
            published.Select(refresh => refresh.GetProperty("version").GetInt32()).Should().OnlyHaveUniqueItems()
                .And.Contain(versions.All[^1].Manifest.Version);
        }
    }

    // The longest that a reader, when it asked for the file, still got a version below the one that was served.
    private static double Lateness(MachineReport report, string reader)
    {
        var order = report.Versions(Model).All.Select(version => version.Sha256).ToList();
        return report.Served(Model).SelectMany(served => report.Reads(reader)
            .Where(read => read.File == "benchmark.csv" && order.IndexOf(read.Seen) < order.IndexOf(served.Sha256))
            .Select(read => read.At - served.Since))
            .Max(late => double.Max(late, 0));
    }

    // For docs/publishing.md, and for whoever reads what .ci/run prints.
    private static void Record(string reader, MachineReport report, double lateness)
    {
        var reads = report.Reads(reader).Where(read => read.File == "benchmark.csv").ToList();
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, $"nfs-{reader}.txt"), string.Create(
            CultureInfo.InvariantCulture,
            $"NFS, the {reader} reader: {reads.Count} reads of {reads.DistinctBy(read => read.Seen).Count()} versions, "
            + $"at most {lateness:F1} s late\n"));
    }
}
