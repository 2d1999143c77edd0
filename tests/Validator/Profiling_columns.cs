using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;

namespace Benchmark.Validator.Tests;

public sealed class Profiling_columns : IDisposable
{
    private readonly StagedModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Bins_many_numbers_at_their_deciles()
    {
        var column = Profile("number", Enumerable.Range(0, 1000).Select(i => $"{i}"));

        column.Bins!.Kind.Should().Be(BinKind.Quantile);
        column.Bins.Edges!.Zip(Enumerable.Range(1, 9), (edge, i) => Math.Abs(edge - i * 99.9))
            .Should().OnlyContain(error => error < 1e-12);
        column.Bins.Counts.Should().AllBeEquivalentTo(100L);
        column.Should().BeEquivalentTo(new { Count = 1000L, Distinct = 1000L, Min = "0", Max = "999", Mean = 499.5 });
        column.Quantiles.Should().ContainKeys("0.01", "0.05", "0.25", "0.50", "0.75", "0.95", "0.99").And.HaveCount(7);
        column.Quantiles!["0.25"].Should().Be(249.75);
    }

    [Fact]
    public void Gives_few_numbers_a_bin_each()
    {
        var column = Profile("decimal", ["3.10", "1.00", "", "3.10", "2.50", "1.00", "3.10"]);

        column.Bins.Should().BeEquivalentTo(new
        {
            Kind = BinKind.Discrete,
            Values = new[] { "1.00", "2.50", "3.10" },
            Counts = new[] { 2L, 1L, 3L },
            Missing = 1L,
        });
        column.Top.Select(v => (v.Value, v.Count)).Should().Equal(("3.10", 3), ("1.00", 2), ("2.50", 1));
    }

    [Theory]
    [InlineData(10, BinKind.Discrete)]
    [InlineData(11, BinKind.Quantile)]
    public void Goes_over_to_quantiles_past_as_many_values_as_bins(int values, BinKind kind)
    {
        Profile("integer", Enumerable.Range(0, 100).Select(i => $"{i % values}")).Bins!.Kind.Should().Be(kind);
    }

    [Fact]
    public void Puts_a_value_on_an_edge_in_the_lower_bin()
    {
        var column = Profile("integer", Enumerable.Range(0, 101).Select(i => $"{i}"));

        column.Bins!.Edges.Should().Equal(10, 20, 30, 40, 50, 60, 70, 80, 90);
        column.Bins.Counts.Should().Equal(11, 10, 10, 10, 10, 10, 10, 10, 10, 10);
    }

    [Fact]
    public void Gives_a_value_that_fills_a_bin_alone_a_bin_of_its_own()
    {
        // 60 % zeros: the first six deciles are all 0.
        var column = Profile("integer", Enumerable.Range(0, 100).Select(i => i < 60 ? "0" : $"{i}"));

        column.Bins!.Edges.Should().StartWith([0.0, 0.0]);
        column.Bins.Edges!.Distinct().Should().HaveCount(column.Bins.Edges!.Count - 1);
        column.Bins.Counts.Should().StartWith([0L, 60L]);
        column.Bins.Counts.Sum().Should().Be(100);
    }

    [Fact]
    public void Keeps_nan_and_infinity_out_of_the_statistics()
    {
        string[] special = ["NaN", "", "Infinity", "-Infinity", "-Infinity"];

        var column = Profile("number", [.. Enumerable.Range(1, 20).Select(i => $"{i}"), .. special]);

        column.Should().BeEquivalentTo(new { Count = 24L, Nulls = 1L, Nans = 1L, Distinct = 22L });
        column.Should().BeEquivalentTo(new { Mean = 10.5, Min = "-Infinity", Max = "Infinity" });
        column.Stddev.Should().BeApproximately(5.916079783099616, 1e-14);
        column.Bins!.Missing.Should().Be(2);
        column.Bins.Counts.Sum().Should().Be(23);
        column.Bins.Counts[0].Should().Be(4, "infinite values lie in the end bins");
    }

    [Fact]
    public void Gives_texts_a_bin_each_up_to_fifty()
    {
        var column = Profile("string", Enumerable.Range(0, 200).Select(i => $"t{i % 50:00}"));

        column.Bins.Should().BeEquivalentTo(new { Kind = BinKind.Categorical, Other = (long?)null });
        column.Bins!.Values.Should().HaveCount(50);
    }

    [Fact]
    public void Keeps_the_forty_nine_most_frequent_of_more_and_counts_the_others_together()
    {
        // t00 comes most often; from t40 on all come equally often, and the order of the texts decides.
        var texts = Enumerable.Range(0, 60).SelectMany(i => Enumerable.Repeat($"t{i:00}", Math.Max(90, 130 - i)));

        var column = Profile("string", texts.Append(""));

        column.Bins!.Values.Should().Equal(Enumerable.Range(0, 49).Select(i => $"t{i:00}"));
        column.Bins.Counts[0].Should().Be(130);
        column.Bins.Other.Should().Be(11 * 90);
        column.Bins.Missing.Should().Be(1);
        column.Top.Select(v => v.Value).Should().Equal(Enumerable.Range(0, 10).Select(i => $"t{i:00}"));
    }

    [Fact]
    public void Tells_the_empty_text_from_null()
    {
        var column = Profile("string", ["\"\"", "", "a", "\"\""]);

        column.Should().BeEquivalentTo(new { Count = 3L, Nulls = 1L, Distinct = 2L });
        column.Bins!.Values.Should().Equal("", "a");
        column.Bins.Counts.Should().Equal(2, 1);
    }

    [Fact]
    public void Bins_dates_by_the_day_and_timestamps_by_the_instant()
    {
        var numbers = Enumerable.Range(0, 101).ToList();

        var dates = Profile("date", numbers.Select(i => $"{DateTime.UnixEpoch.AddDays(i):yyyy-MM-dd}"));
        var timestamps = Profile("timestamp", numbers.Select(i => $"1970-01-01T01:{i / 60:00}:{i % 60:00}+01:00"));

        dates.Bins!.Edges.Should().Equal(10, 20, 30, 40, 50, 60, 70, 80, 90);
        dates.Should().BeEquivalentTo(new { Min = "1970-01-01", Max = "1970-04-11", Mean = (double?)null });
        timestamps.Bins!.Edges.Should().Equal(10, 20, 30, 40, 50, 60, 70, 80, 90);
        timestamps.Min.Should().Be("1970-01-01T01:00:00+01:00");
    }

    [Fact]
    public void Bins_booleans_by_value_and_bytes_not_at_all()
    {
        var booleans = Profile("boolean", ["true", "false", "true", ""]);
        var bytes = Profile("bytes", ["AA==", "AQ==", "AA=="]);

        booleans.Bins!.Values.Should().Equal("true", "false");
        bytes.Should().BeEquivalentTo(new { Distinct = 2L, Count = 3L, Bins = (FrozenBins?)null });
        bytes.Top.Should().BeEmpty();
    }

    [Fact]
    public void Counts_a_value_of_the_wrong_type_as_missing_in_the_bins()
    {
        _model.Definition = _model.Definition with { Threshold = 1 };

        var column = Profile("integer", ["1", "x", "2", ""]);

        column.Should().BeEquivalentTo(new { Count = 3L, Nulls = 1L, Distinct = 2L });
        column.Bins!.Missing.Should().Be(2);
        column.Bins.Counts.Sum().Should().Be(2);
    }

    [Fact]
    public void Survives_columns_without_any_value()
    {
        foreach (var type in new[] { "string", "integer", "number", "decimal", "boolean", "date", "timestamp", "time" })
        {
            var column = Profile(type, ["", ""]);

            column.Should().BeEquivalentTo(new { Count = 0L, Nulls = 2L, Distinct = 0L, Min = (string?)null });
            column.Bins!.Counts.Should().BeEmpty();
            column.Bins.Missing.Should().Be(2);
        }
    }

    [Fact]
    public void Spells_frequent_numbers_of_a_column_with_many_as_the_dialect_does()
    {
        // More than the 2,048 distinct values of which the file's own spelling is kept.
        var numbers = Profile(
            "number", [.. Enumerable.Range(1, 5000).Select(i => $"0.00000{i:0000}"), "0.0000045", "0.0000045"]);
        var decimals = Profile("decimal", Enumerable.Range(1000, 5000).Select(i => $"{i}.50").Append("5500.50"));
        var timestamps = Profile("timestamp", Enumerable.Range(0, 5000)
            .Select(i => $"2024-01-01T{i / 3600:00}:{i / 60 % 60:00}:{i % 60:00}.5Z").Append("2024-01-01T01:15:00.5Z"));

        numbers.Top[0].Should().BeEquivalentTo(new { Value = "0.0000045", Count = 3L });
        decimals.Top[0].Should().BeEquivalentTo(new { Value = "5500.50", Count = 2L });
        timestamps.Top[0].Should().BeEquivalentTo(new { Value = "2024-01-01T01:15:00.5Z", Count = 2L });
    }

    [Theory]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(510)]
    [InlineData(65_536)]
    public void Counts_a_value_among_many_however_often_it_comes(int times)
    {
        var others = Enumerable.Range(0, 40_000).Select(i => $"{i - 20_000}");

        var column = Profile("integer", Enumerable.Repeat("7", times - 1).Concat(others));

        column.Top.Take(2).Select(value => (value.Value, value.Count)).Should().Equal(("7", times), ("-20000", 1));
        column.Should().BeEquivalentTo(new { Distinct = 40_000L, Count = 39_999L + times });
    }

    [Fact]
    public void Averages_large_numbers_to_their_last_digit()
    {
        // The sum of their squares has more digits than a double, or 64 bits.
        var column = Profile("integer", Enumerable.Range(0, 50_000).Select(i => $"{99_900_001 + i}"));

        column.Should().BeEquivalentTo(
            new { Mean = 99_925_000.5, Stddev = Math.Sqrt((50_000.0 * 50_000 - 1) / 12 * 50_000 / 49_999) });
    }

    [Fact]
    public void Says_when_a_distinct_count_is_not_exact()
    {
        var wide = Profile("integer", ["12345678901234567890", "12345678901234567891"]);

        wide.DistinctExact.Should().BeFalse();
    }

    [Fact]
    public void Counts_new_texts_past_a_million_together_and_estimates_how_many_there_are()
    {
        const int distinct = 1_100_000;
        // The most frequent one comes before the limit and after it.
        var texts = Enumerable.Range(0, distinct).Select(i => $"t{i}").Concat(Enumerable.Repeat("t0", 2000));

        var column = Profile("string", texts);

        column.DistinctExact.Should().BeFalse();
        ((double)column.Distinct).Should().BeApproximately(distinct, distinct * 0.03);
        column.Top[0].Should().BeEquivalentTo(new { Value = "t0", Count = 2001L });
        (column.Bins!.Counts.Sum() + column.Bins.Other).Should().Be(distinct + 2000);
        column.Bins.Values.Should().Equal("t0");
    }

    [Fact]
    public void Writes_documented_json()
    {
        Profile("integer", ["1", "2", ""]);

        var path = Directory.GetFiles(_model.Layout.Root, "profile.json", SearchOption.AllDirectories).Single();
        var json = File.ReadAllText(path);

        json.ReplaceLineEndings("\n").Should().Be(
            """
            {
              "format": "benchmark-profile/1",
              "rows": 3,
              "columns": [
                {
                  "name": "value",
                  "type": "integer",
                  "count": 2,
                  "nulls": 1,
                  "nans": 0,
                  "distinct": 2,
                  "distinct_exact": true,
                  "min": "1",
                  "max": "2",
                  "mean": 1.5,
                  "stddev": 0.7071067811865476,
                  "quantiles": {
                    "0.01": 1.01,
                    "0.05": 1.05,
                    "0.25": 1.25,
                    "0.50": 1.5,
                    "0.75": 1.75,
                    "0.95": 1.95,
                    "0.99": 1.99
                  },
                  "top": [
                    {
                      "value": "1",
                      "count": 1
                    },
                    {
                      "value": "2",
                      "count": 1
                    }
                  ],
                  "bins": {
                    "kind": "discrete",
                    "values": [
                      "1",
                      "2"
                    ],
                    "counts": [
                      1,
                      1
                    ],
                    "missing": 1
                  }
                }
              ]
            }

            """.ReplaceLineEndings("\n"));
    }

    private ColumnProfile Profile(string type, IEnumerable<string> values)
    {
        _model.Columns = $"value:{type}";
        var staged = _model.StageRows(values);
        _model.Examine(staged).Should().BeOfType<Verdict.Accepted>();
        return VolumeJson.Read<Profile>(_model.Paths.Staging(staged.RunId, 1).Profile).Columns.Single();
    }
}
