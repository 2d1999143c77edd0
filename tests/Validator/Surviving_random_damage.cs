using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Tests.Support;
using Benchmark.Tests.Support.Fuzz;
using Benchmark.Validator.Tests.Fuzz;
using Xunit.Abstractions;

namespace Benchmark.Validator.Tests;

/// <summary>A damaged file is rejected, or it is a table of its own that is read as another reader reads it.</summary>
public sealed class Surviving_random_damage : IDisposable
{
    private const int Longest = 10 * 60_000;
    private const int Damaged = 60;
    private const int DamagedAtTheSource = 240;

    private readonly ITestOutputHelper _output;
    private readonly StagedModel _model = new();

    public Surviving_random_damage(ITestOutputHelper output)
    {
        _output = output;
        _model.Definition = _model.Definition with { Rows = new RowLimits { Min = 0 } };
    }

    public void Dispose() => _model.Dispose();

    // In a task, so that a case that never ends fails the test.
    [Fact(Timeout = Longest)]
    public Task Rejects_every_file_that_is_not_the_one_that_was_staged() => Task.Run(() =>
    {
        var run = new FuzzRun("damaged", Damaged, _output);
        var rejected = 0;

        run.Each((random, place) =>
        {
            var table = FuzzTable.Random(20, 5, random);
            var csv = table.ToCsv();

            var verdict = _model.Examine(table.Stage(_model, ByteDamage.Random(csv, random), table.Rows, told: csv));

            verdict.Should().BeOfType<Verdict.Rejected>(place).Which.Report.Failed()
                .Should().Contain("integrity", place);
            rejected++;
        });

        run.Say($"{rejected} damaged files, all rejected");
        rejected.Should().Be(run.Cases);
    });

    [Fact(Timeout = Longest)]
    public Task Rejects_what_a_source_damaged_or_reads_it_as_another_reader_does() => Task.Run(() =>
    {
        var run = new FuzzRun("damaged-at-the-source", DamagedAtTheSource, _output);
        var (rejected, equal) = (0, 0);

        run.Each((random, place) =>
        {
            var table = FuzzTable.Random(12, 3, random);
            var damaged = ByteDamage.Random(table.ToCsv(), random);
            var read = TryRead(damaged);

            var staged = table.Stage(_model, damaged, (read?.Count ?? damaged.Count(b => b == '\n')) - 1);
            var verdict = _model.Examine(staged);

            if (verdict is Verdict.Rejected)
            {
                rejected++;
                return;
            }
            equal++;
            read.Should().NotBeNull($"{place}: another reader cannot read it");
            RequireEqual(staged, table, read!, place);
        });

        run.Say($"{rejected + equal} files, {rejected} rejected, {equal} proven equal");
        rejected.Should().BeGreaterThan(run.Cases / 10);
        equal.Should().BeGreaterThan(run.Cases / 30);
    });

    private void RequireEqual(ModelStaged staged, FuzzTable table, List<string?[]> read, string place)
    {
        read[0].Should().Equal(table.Columns.Select(column => column.Name), place);
        read.Should().OnlyContain(row => row.Length == table.Columns.Count, place);
        var profile = VolumeJson.Read<Profile>(_model.Paths.Staging(staged.RunId, 1).Profile);
        profile.Rows.Should().Be(read.Count - 1, place);
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var type = table.Columns[i].Type;
            var values = read.Skip(1).Select(fields => fields[i] is { } text ? FuzzValue.Read(type, text) : null);
            ExpectedProfile.Require(profile.Columns[i], [.. values], $"{place}, {type}");
        }
    }

    // The reader was written for files that are right: on others it fails in its own ways.
    private static List<string?[]>? TryRead(byte[] csv)
    {
        try
        {
            return Rfc4180.Parse(csv);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
