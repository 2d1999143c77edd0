using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Tests;

/// <summary>Rows that are, byte for byte, those of the version that readers have.</summary>
public sealed class Checking_what_readers_have : IDisposable
{
    private static readonly string[] s_rows = ["1,0.5,A,2024-01-01", "2,0.7,B,2024-01-01"];

    private readonly StagedModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Accepts_them_and_writes_nothing()
    {
        var version = _model.Publish(s_rows);
        var staged = _model.StageUnchanged(s_rows, version);

        var accepted = _model.Examine(staged).Should().BeOfType<Verdict.Accepted>().Subject;

        accepted.Announce(staged).Unchanged.Should().Be(staged.Unchanged);
        FilesOf(staged).Should().Equal("benchmark.csv");
    }

    [Fact]
    public void Says_nothing_of_the_version_that_they_are()
    {
        _model.Rule(new ColumnRule { Name = "score" });
        _model.Definition = _model.Definition with { Rows = new RowLimits { Min = 1, MaxChange = 0.5 } };
        var version = _model.Publish(s_rows);

        var report = _model.Report(_model.StageUnchanged(s_rows, version));

        report.Drift.Should().BeNull();
        report.Checks.Select(check => check.Check).Should()
            .NotContain([CheckName.RowsChange, CheckName.SchemaChange, CheckName.Drift]);
        report.Checks.Should().OnlyContain(check => check.Status == CheckStatus.Pass);
    }

    [Fact]
    public void Rejects_them_with_every_document_when_a_rule_is_stricter_by_now()
    {
        var version = _model.Publish(s_rows);
        _model.Rule(new ColumnRule { Name = "score", Min = "0.6" });
        var staged = _model.StageUnchanged(s_rows, version);

        var rejected = _model.Examine(staged).Should().BeOfType<Verdict.Rejected>().Subject;

        rejected.Report.Failed().Should().Contain("range score");
        var files = _model.Paths.Rejected(staged.RunId);
        VolumeJson.Read<StagedFacts>(files.Facts).Should().BeEquivalentTo(staged.Unchanged!.Facts);
        Directory.GetFiles(files.Directory).Select(Path.GetFileName).Should().BeEquivalentTo(
            "benchmark.csv", "staged.json", "profile.json", "checks.json");
    }

    [Fact]
    public void Rejects_them_when_they_are_too_old_by_now()
    {
        _model.Rule(new ColumnRule { Name = "opened", IsAsOf = true, MaxAge = TimeSpan.FromDays(800) });
        var version = _model.Publish(s_rows);
        _model.Time.Advance(TimeSpan.FromDays(30));

        var report = _model.Report(_model.StageUnchanged(s_rows, version));

        report.Failed().Should().Contain("freshness opened");
    }

    [Fact]
    public void Rejects_them_again_when_the_message_comes_again()
    {
        var version = _model.Publish(s_rows);
        _model.Rule(new ColumnRule { Name = "score", Min = "0.6" });
        var staged = _model.StageUnchanged(s_rows, version);
        var first = _model.Report(staged);

        var again = _model.Examine(staged).Should().BeOfType<Verdict.Rejected>().Subject;

        again.Report.Should().BeEquivalentTo(first);
    }

    [Theory]
    [InlineData("altered")]
    [InlineData("gone")]
    public void Compares_them_like_all_others_when_the_version_is_not_whole_any_more(string version)
    {
        var served = _model.Paths.Version(_model.Publish(s_rows));
        if (version == "gone")
            File.Delete(served.Data);
        else
            File.WriteAllText(served.Data, File.ReadAllText(served.Data).Replace("0.7", "0.8"));
        var staged = _model.StageUnchanged(s_rows, version: 1);

        var accepted = _model.Examine(staged).Should().BeOfType<Verdict.Accepted>().Subject;

        accepted.Announce(staged).Unchanged.Should().BeNull();
        FilesOf(staged).Should().BeEquivalentTo("benchmark.csv", "staged.json", "profile.json", "checks.json");
    }

    [Fact]
    public void Says_nothing_when_the_refresh_was_settled_before_the_message_came_again()
    {
        var version = _model.Publish(s_rows);
        var staged = _model.StageUnchanged(s_rows, version);
        _model.FindUnchanged(staged);
        File.Delete(_model.Paths.Version(version).Data);

        _model.Examine(staged).Should().Be(new Verdict.AlreadySettled(version));
    }

    [Fact]
    public void Never_replaces_what_is_staged_by_what_a_message_says()
    {
        var version = _model.Publish(s_rows);
        var staged = _model.StageUnchanged(s_rows, version);
        var facts = staged.Unchanged!.Facts;
        staged.Unchanged.TryStage(_model.Paths.Staging(staged.RunId, 1));

        _model.Examine(staged with { Unchanged = new() { Version = 99, Facts = facts with { Force = true } } });

        VolumeJson.Read<StagedFacts>(_model.Paths.Staging(staged.RunId, 1).Facts).Force.Should().BeFalse();
    }

    private IEnumerable<string?> FilesOf(ModelStaged staged) =>
        Directory.GetFiles(_model.Paths.Staging(staged.RunId, staged.Attempt).Directory).Select(Path.GetFileName);
}
