using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Tests.Support.Fuzz;
using Benchmark.Validator.Tests.Fuzz;
using Xunit.Abstractions;

namespace Benchmark.Validator.Tests;

/// <summary>What the Fetcher writes is what the Validator reads, whatever the table.</summary>
public sealed class Reading_random_tables(ITestOutputHelper output) : IDisposable
{
    private readonly StagedModel _model = new();

    public void Dispose() => _model.Dispose();

    // In a task, so that a table that never ends fails the test.
    [Fact(Timeout = 10 * 60_000)]
    public Task Keeps_every_value_and_profiles_it() => Task.Run(() =>
    {
        _model.Definition = _model.Definition with { Rows = new RowLimits { Min = 0 } };
        var run = new FuzzRun("tables", cases: 100, output);
        var (tables, values) = (0, 0L);

        run.Each((random, place) =>
        {
            // Now and then more rows than distinct values are counted one by one.
            var table = random.Next(25) == 0 ? FuzzTable.Random(9000, 2, random) : FuzzTable.Random(200, 10, random);
            var csv = table.ToCsv();

            var staged = table.Stage(_model, csv, table.Rows);
            var verdict = _model.Examine(staged);

            var files = _model.Paths.Staging(staged.RunId, 1);
            verdict.Should().BeOfType<Verdict.Accepted>(place);
            File.ReadAllBytes(files.Data).AsSpan().SequenceEqual(csv).Should().BeTrue(place);
            foreach (var (profile, column) in VolumeJson.Read<Profile>(files.Profile).Columns.Zip(table.Columns))
            {
                profile.DistinctExact.Should().BeTrue(place);
                ExpectedProfile.Require(
                    profile, [.. column.Cells.Select(cell => cell.Value)], $"{place}, {column.Type}");
            }
            Directory.Delete(files.Directory, recursive: true);
            tables++;
            values += (long)table.Rows * table.Columns.Count;
        });

        run.Say($"{tables} tables, {values} values read as they were written");
        tables.Should().Be(run.Cases);
        values.Should().BeGreaterThan(tables * 100L, "tables without values prove nothing");
    });
}
