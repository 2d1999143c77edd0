using System.Globalization;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Tests.Support;

namespace Benchmark.Validator.Tests;

/// <summary>A file with more values than there is memory for, beside the same file with memory for all.</summary>
public sealed class Profiling_beyond_memory : IDisposable
{
    // As docs/psi.md promises.
    private const double RankError = 0.001;

    private const int Rows = 400_000;

    private readonly StagedModel _model =
        new() { Columns = "id:integer score:number ratio:number grade:string name:string paid:number" };
    private readonly List<string> _rows;

    public Profiling_beyond_memory()
    {
        var random = Seed.Random();
        _model.Definition = _model.Definition with { Threshold = 1 };
        _model.Rule(new ColumnRule { Name = "score", Max = "9" });
        _rows = [.. Enumerable.Range(0, Rows).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{i * 7919L},{random.Next(10_000_000) / 1e6},{Math.Exp(random.NextDouble() * 20)},"
            + $"{"ABCD"[random.Next(4)]},N{i},{Paid()}"))];

        // Not three of ten: the least of the others would be alone in a bin, of which any error is a large part.
        double Paid() => random.Next(20) < 7 ? 0 : random.NextDouble();
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Says_which_columns_are_not_exact()
    {
        var profile = Profile(megabytes: 1);

        profile.Columns.Where(column => column.RankError is null && column.DistinctExact).Select(column => column.Name)
            .Should().Equal("grade");
        profile.Columns.Where(column => column.RankError == RankError).Select(column => column.Name)
            .Should().Equal("id", "score", "ratio", "paid");
        Profile(megabytes: 256).Columns.Should().AllSatisfy(column =>
            column.Should().BeEquivalentTo(new { RankError = (double?)null, DistinctExact = true }));
    }

    [Fact]
    public void Is_off_by_no_more_than_it_says()
    {
        var (exact, profile) = (Profile(megabytes: 256), Profile(megabytes: 1));

        foreach (var (right, estimate)
            in exact.Columns.Zip(profile.Columns).Where(pair => pair.Second.RankError is not null))
        {
            var values = Values(right.Name);
            foreach (var (probability, quantile) in estimate.Quantiles!)
                Share(values, quantile).Should().BeApproximately(
                    Share(values, right.Quantiles![probability]), RankError, "of {0}, {1}", right.Name,
                    probability);
            estimate.Distinct.Should().BeCloseTo(right.Distinct, (ulong)right.Distinct / 25);
            estimate.Mean.Should().BeApproximately(right.Mean!.Value, right.Mean.Value * 1e-12);
            estimate.Stddev.Should().BeApproximately(right.Stddev!.Value, right.Stddev.Value * 1e-12);
            estimate.Bins!.Counts.Sum().Should().Be(Rows);
            estimate.Should().BeEquivalentTo(new { right.Min, right.Max, right.Count, right.Nulls });
        }
    }

    [Fact]
    public void Names_only_values_that_are_frequent_beyond_its_error()
    {
        var paid = Profile(megabytes: 1).Columns.Single(column => column.Name == "paid");
        var zeros = _rows.Count(row => row.EndsWith(",0", StringComparison.Ordinal));

        paid.Top.Should().ContainSingle().Which.Value.Should().Be("0");
        paid.Top[0].Count.Should().BeCloseTo(zeros, (ulong)(2 * RankError * Rows));
    }

    [Fact]
    public void Counts_texts_of_few_values_exactly_wherever_they_begin_and_estimates_the_others()
    {
        using var model =
            new StagedModel { Columns = "n:integer a:string b:string c:string late:boolean grade:string" };
        // The numbers give up what they took: what was refused to the texts until then must stay refused.
        List<string> rows = [.. Enumerable.Range(0, 60_000).Select(i =>
            $"{i * 104_729L},{Guid.NewGuid()},{Guid.NewGuid()},{Guid.NewGuid()},"
            + $"{(i < 30_000 ? "" : i % 5 == 0 ? "true" : "false")},{(i < 40_000 ? "" : "ABCD"[i % 4])}")];
        Profile Of(int megabytes)
        {
            model.Options.MemoryMegabytes = megabytes;
            var staged = model.StageRows(rows);
            model.Examine(staged).Should().BeOfType<Verdict.Accepted>();
            return VolumeJson.Read<Profile>(model.Paths.Staging(staged.RunId, staged.Attempt).Profile);
        }

        var (exact, profile) = (Of(256).Columns, Of(1).Columns);

        profile.TakeLast(2).Should().BeEquivalentTo(exact.TakeLast(2));
        profile.Take(4).Should().AllSatisfy(column =>
        {
            column.DistinctExact.Should().BeFalse();
            column.Distinct.Should().BeCloseTo(60_000, 60_000 / 25);
        });
        profile[0].RankError.Should().NotBeNull();
    }

    [Fact]
    public void Finds_the_same_rows_at_fault_and_as_little_drift()
    {
        _model.Publish(_rows);

        var exact = Report(megabytes: 256);
        var report = Report(megabytes: 1);

        report.Checks.Where(check => check.Column is "score" && check.Check == CheckName.Range).Should().BeEquivalentTo(
            exact.Checks.Where(check => check.Column is "score" && check.Check == CheckName.Range));
        report.Drift!.Columns.Should().HaveSameCount(exact.Drift!.Columns).And.AllSatisfy(
            column => column.Psi.Should().BeLessThan(0.001));
    }

    private Profile Profile(int megabytes)
    {
        _model.Options.MemoryMegabytes = megabytes;
        var staged = _model.StageRows(_rows);
        _model.Examine(staged).Should().BeOfType<Verdict.Accepted>();
        return VolumeJson.Read<Profile>(_model.Paths.Staging(staged.RunId, staged.Attempt).Profile);
    }

    private ValidationReport Report(int megabytes)
    {
        _model.Options.MemoryMegabytes = megabytes;
        return _model.Report(_model.StageRows(_rows));
    }

    private double[] Values(string column)
    {
        var ordinal = _model.Columns.Split(' ').ToList()
            .FindIndex(name => name.StartsWith($"{column}:", StringComparison.Ordinal));
        return [.. _rows.Select(row => double.Parse(row.Split(',')[ordinal], CultureInfo.InvariantCulture)).Order()];
    }

    // The share of the values up to a number, to the middle of those that equal it.
    private static double Share(double[] sorted, double number)
    {
        var below = Array.FindLastIndex(sorted, value => value < number) + 1;
        var upTo = Array.FindLastIndex(sorted, value => value <= number) + 1;
        return (below + upTo) / 2.0 / sorted.Length;
    }
}
