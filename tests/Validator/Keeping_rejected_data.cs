using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Tests;

public sealed class Keeping_rejected_data : IDisposable
{
    private static readonly string[] s_broken = ["x,,,"];

    private readonly StagedModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Replaces_what_an_earlier_attempt_of_the_same_run_left()
    {
        var first = _model.StageRows(s_broken);
        _model.Examine(first);
        var second = Restage(first, attempt: 2);

        var verdict = _model.Examine(second);

        verdict.Should().BeOfType<Verdict.Rejected>();
        VolumeJson.Read<StagedFacts>(_model.Paths.Rejected(first.RunId).Facts).Attempt.Should().Be(2);
        Directory.GetFiles(_model.Paths.StagingArea, "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public void Keeps_what_another_Validator_has_rejected_meanwhile()
    {
        var staged = _model.StageRows(s_broken);

        var verdict = _model.ExamineWhile(staged, () => _model.Examine(staged));

        verdict.Should().BeOfType<Verdict.Rejected>();
        Directory.GetFiles(_model.Paths.Rejected(staged.RunId).Directory).Select(Path.GetFileName)
            .Should().BeEquivalentTo("benchmark.csv", "staged.json", "profile.json", "checks.json");
        _model.Examine(staged).Should().BeOfType<Verdict.Rejected>();
    }

    [Fact]
    public void Tells_of_it_again_though_newer_data_was_published_since()
    {
        var staged = _model.StageRows(s_broken);
        _model.Examine(staged);
        _model.Time.Advance(TimeSpan.FromMinutes(5));
        _model.Publish(["1,0.5,A,2024-01-01"]);

        _model.Examine(staged).Should().BeOfType<Verdict.Rejected>();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Keeps_the_place_of_the_first_attempt_so_that_nobody_fetches_again(int rejected)
    {
        var staged = _model.StageRows(s_broken);
        if (rejected == 2)
        {
            var first = _model.Paths.Staging(staged.RunId, 1).Directory;
            staged = Restage(staged, attempt: 2);
            Directory.Delete(first, recursive: true);
        }

        _model.Examine(staged);

        Directory.Exists(_model.Paths.Staging(staged.RunId, 1).Directory).Should().BeTrue();
    }

    [Fact]
    public void Removes_it_after_the_days_that_the_registry_says()
    {
        _model.Definition = _model.Definition with { KeepRejectedDays = 30 };
        var old = _model.StageRows(s_broken);
        _model.Examine(old);
        _model.Time.SetUtcNow(DateTimeOffset.UtcNow.AddDays(29));
        var newer = _model.StageRows(s_broken);
        _model.Examine(newer);
        Directory.Exists(_model.Paths.Rejected(old.RunId).Directory).Should().BeTrue();
        var now = _model.Time.GetUtcNow().UtcDateTime;
        Directory.SetLastWriteTimeUtc(_model.Paths.Rejected(newer.RunId).Directory, now);
        _model.Time.Advance(TimeSpan.FromDays(2));

        _model.Examine(_model.StageRows(s_broken));

        Directory.Exists(_model.Paths.Rejected(old.RunId).Directory).Should().BeFalse();
        Directory.Exists(_model.Paths.Rejected(newer.RunId).Directory).Should().BeTrue();
    }

    [Fact]
    public void Calls_it_a_failure_of_the_machine_when_the_staged_files_are_nowhere()
    {
        var staged = _model.StageRows(s_broken);
        Directory.Delete(_model.Paths.Staging(staged.RunId, 1).Directory, recursive: true);

        var examine = () => _model.Examine(staged);

        examine.Should().Throw<IOException>().WithMessage(
            $"value_stream_1/model_x/.staging/{staged.RunId}-1/staged.json does not exist"
            + $"*nothing of run {staged.RunId} was published or rejected*");
    }

    private ModelStaged Restage(ModelStaged first, int attempt)
    {
        var staged = _model.StageRows(s_broken);
        var again = first with { Attempt = attempt };
        var files = _model.Paths.Staging(again.RunId, attempt);
        Directory.Move(_model.Paths.Staging(staged.RunId, 1).Directory, files.Directory);
        var facts = VolumeJson.Read<StagedFacts>(files.Facts);
        VolumeJson.Write(files.Facts, facts with { RunId = again.RunId, Attempt = attempt });
        return again;
    }
}
