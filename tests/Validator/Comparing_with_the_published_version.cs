using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Data.Stability;

namespace Benchmark.Validator.Tests;

public sealed class Comparing_with_the_published_version : IDisposable
{
    private readonly StagedModel _model = new();

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("profile.json", "{\"rows\": 1000, \"columns\": null}")]
    [InlineData("profile.json", "{\"rows\": 1000, \"columns\": []}")]
    [InlineData("profile.json", "{")]
    [InlineData("profile.json", null)]
    [InlineData("manifest.json", "{")]
    [InlineData("manifest.json", null)]
    public void Says_what_to_do_when_the_published_version_is_not_whole(string file, string? content)
    {
        var version = _model.Paths.Version(_model.Publish(Rows(1000)));
        var path = Path.Combine(version.Directory, file);
        VolumeJson.Write(version.Manifest, VolumeJson.Read<Manifest>(version.Manifest) with
        {
            ProfileSha256 = VolumeJson.ReadWithSha256<Profile>(version.Profile).Sha256,
        });
        File.Delete(path);
        if (content is not null)
            File.WriteAllText(path, content);

        var report = _model.ReportRows(Rows(1000));

        report.Accepted.Should().BeFalse();
        report.Checks.Should().ContainSingle(check => check.Status == CheckStatus.Fail)
            .Which.Message.Should().Contain("Version 1").And.Contain(path);
        report.Hint.Should().Contain($"move it out of {_model.Paths.Versions}");
    }

    [Theory]
    [InlineData(99, "The file has 99 rows; allowed is at least 100.")]
    [InlineData(1, "The file has 1 row; allowed is at least 100.")]
    [InlineData(0, "The file has 0 rows; allowed is at least 100.")]
    public void Wants_rows_enough(int rows, string message)
    {
        _model.Definition = _model.Definition with { Rows = new RowLimits { Min = 100 } };

        var report = _model.ReportRows(Rows(rows));

        report.Failed().Should().Equal("rows");
        report.Of("rows").Message.Should().Be(message);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Wants_no_more_rows_than_allowed(int rows, bool accepted)
    {
        _model.Definition = _model.Definition with { Rows = new RowLimits { Min = 1, Max = 10 } };

        _model.ReportRows(Rows(rows)).Accepted.Should().Be(accepted);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(499, false)]
    [InlineData(1500, true)]
    [InlineData(1501, false)]
    public void Wants_the_number_of_rows_to_change_little(int rows, bool accepted)
    {
        _model.Definition = _model.Definition with { Rows = new RowLimits { Min = 1, MaxChange = 0.5 } };
        _model.Publish(Rows(1000));

        var report = _model.ReportRows(Rows(rows));

        report.Of("rows_change").Status.Should().Be(accepted ? CheckStatus.Pass : CheckStatus.Fail);
        report.Of("rows_change").Observed!.Value.Number.Should().BeApproximately(Math.Abs(rows - 1000) / 1000.0, 1e-12);
    }

    [Fact]
    public void Compares_a_first_version_with_nothing()
    {
        _model.Definition = _model.Definition with { Rows = new RowLimits { Min = 1, MaxChange = 0.5 } };

        var report = _model.ReportRows(Rows(10));

        report.Accepted.Should().BeTrue();
        report.Drift.Should().BeNull();
        report.Checks.Select(c => c.Check).Should().NotContain([CheckName.RowsChange, CheckName.Drift]);
    }

    [Fact]
    public void Wants_every_column_that_the_registry_lists_on_the_first_version_too()
    {
        _model.Rule(new ColumnRule { Name = "income" });
        _model.Definition = _model.Definition with { Key = ["application_id"] };

        var report = _model.ReportRows(Rows(10));

        report.Failed().Should().Equal("schema income", "schema application_id");
        report.Of("schema", "income").Message.Should().Be(
            "Column income: listed in the registry, but not in the file.");
    }

    [Theory]
    [InlineData("id:integer score:number grade:string opened:date", new string[0], new string[0])]
    [InlineData("id:integer score:number grade:string", new[] { "schema_change opened" },
        new[] { "schema_change opened" })]
    [InlineData("id:integer score:decimal grade:string opened:date", new[] { "schema_change score" },
        new[] { "schema_change score" })]
    [InlineData("id:integer score:number grade:string opened:date added:string", new[] { "schema_change added" },
        new string[0])]
    [InlineData("added:string id:integer score:number grade:string opened:date", new[] { "schema_change added" },
        new string[0])]
    [InlineData("score:number id:integer grade:string opened:date", new[] { "schema_change score" }, new string[0])]
    public void Holds_the_columns_to_the_policy(string columns, string[] frozen, string[] evolving)
    {
        _model.Publish(Rows(10));
        _model.Columns = columns;
        var row = string.Join(',', columns.Split(' ').Select(_ => ""));

        var freeze = _model.ReportRows([row]);
        _model.Definition = _model.Definition with { Schema = SchemaPolicy.Evolve };
        var evolve = _model.ReportRows([row]);

        freeze.Failed().Where(c => c.StartsWith("schema", StringComparison.Ordinal)).Should().Equal(frozen);
        evolve.Failed().Where(c => c.StartsWith("schema", StringComparison.Ordinal)).Should().Equal(evolving);
    }

    [Fact]
    public void Names_the_two_comparisons_of_columns_apart()
    {
        _model.Publish(Rows(10));

        var report = _model.ReportRows(Rows(10));

        report.Of("schema").Message.Should().StartWith("The file has every column that the registry lists");
        report.Of("schema_change").Message.Should().Be("The columns match those of version 1.");
    }

    [Fact]
    public void Rejects_a_column_that_moved_and_says_how_far()
    {
        _model.Publish(Rows(1000));

        var report = _model.ReportRows(Rows(1000, score: i => i % 100 / 50.0));

        report.Failed().Should().Equal("drift score");
        report.Of("drift", "score").Message.Should().MatchRegex(
            @"^Column score: moved, CSI \d+\.\d+ on 10 bins against version 1; limit 0\.25, noise 0\.034,"
            + @" p < 0\.001\.$");
        report.Drift!.AgainstVersion.Should().Be(1);
        report.Drift.Worst.Should().BeEquivalentTo(new { Column = "score", Band = Band.Moved });
        report.Drift.Columns.Select(c => c.Column).Should().BeEquivalentTo(
            ["id", "score", "grade", "opened"]).And.StartWith("score");
    }

    [Fact]
    public void Warns_of_a_column_that_shifted()
    {
        _model.Publish(Rows(2000));

        // 20 % grade A become 35 %: (0.35 − 0.2) · ln(0.35 / 0.2), and the rest shares the loss.
        var report = _model.ReportRows(Rows(2000, grade: i => i % 100 < 35 ? "A" : "BCDE"[i / 100 % 4].ToString()));

        report.Warned().Should().Equal("drift grade");
        report.Of("drift", "grade").Message.Should().StartWith(
            "Column grade: shifted, CSI 0.115 on 5 bins against version 1; limit 0.1,");
    }

    [Fact]
    public void Calls_the_index_of_a_score_psi()
    {
        _model.Rule(new ColumnRule { Name = "score", IsScore = true });
        _model.Publish(Rows(1000));

        var report = _model.ReportRows(Rows(1000));

        report.Of("drift", "score").Message.Should().StartWith(
            "Column score: stable, PSI 0.000 on 10 bins against version 1; limit 0.1,");
    }

    [Fact]
    public void Publishes_what_moved_when_the_registry_only_wants_a_warning()
    {
        _model.Rule(new ColumnRule { Name = "score", Drift = _model.Drift with { OnFail = DriftAction.Warn } });
        _model.Publish(Rows(1000));

        var report = _model.ReportRows(Rows(1000, score: i => i % 100 / 50.0));

        report.Accepted.Should().BeTrue();
        report.Of("drift", "score").Status.Should().Be(CheckStatus.Warn);
    }

    [Fact]
    public void Leaves_out_columns_whose_drift_is_off_and_the_key()
    {
        _model.Definition = _model.Definition with
        {
            Key = ["id"],
            Columns = [new ColumnRule { Name = "score", Drift = null }],
        };
        _model.Publish(Rows(1000));

        var report = _model.ReportRows(Rows(1000, score: i => -i).Select(row => $"9{row}"));

        report.Failed().Should().BeEmpty();
        report.Drift!.Columns.Select(c => c.Column).Should().BeEquivalentTo("grade", "opened");
    }

    [Fact]
    public void Rejects_nothing_that_chance_explains()
    {
        _model.Columns = "score:number";
        _model.Publish(Enumerable.Range(0, 50).Select(i => $"{i}"));

        // A fifth of the greatest scores is lower.
        var report = _model.ReportRows(Enumerable.Range(0, 50).Select(i => $"{(i >= 40 ? i - 38 : i)}"));

        report.Accepted.Should().BeTrue();
        report.Of("drift", "score").Should().BeEquivalentTo(new { Status = CheckStatus.Warn });
        report.Drift!.Columns[0].Should().BeEquivalentTo(
            new { Band = Band.InsufficientSample, NoiseMethod = NoiseMethod.Simulation, BinsFilled = 10 });
        report.Drift.Columns[0].Reason.Should().StartWith("on so few rows chance explains it: p = 0.");
    }

    [Fact]
    public void Rejects_what_chance_does_not_explain_however_few_the_rows()
    {
        _model.Publish(Rows(100));

        var report = _model.ReportRows(Rows(100, score: i => i + 1000, grade: _ => "A"));

        report.Failed().Should().Equal("drift score", "drift grade");
        report.Of("drift", "score").Message.Should().EndWith(", p < 0.001.");
        report.Of("drift", "id").Status.Should().Be(CheckStatus.Pass);
    }

    [Fact]
    public void Names_a_column_that_is_gone_first_however_large_the_drift_of_another_is()
    {
        // 300 rows, of which chance moves the PSI of a column with many bins by more than the warn limit.
        _model.Columns = "score:number grade:string";
        _model.Publish(Enumerable.Range(0, 300).Select(i => $"{i},{"ABCDE"[i % 5]}"));

        var report = _model.ReportRows(Enumerable.Range(0, 300).Select(i => $",{"ABCD"[i % 4]}"));

        report.Failed().Should().Equal("drift score", "drift grade");
        report.Of("drift", "score").Message.Should().StartWith("Column score: moved, CSI 16.");
        report.Drift!.Worst.Should().BeEquivalentTo(new { Column = "score", Band = Band.Moved });
        report.Drift.Columns.Select(column => column.Column).Should().Equal("score", "grade");
        report.Checks.First(check => check.Check == CheckName.Drift).Column.Should().Be("score");
    }

    [Fact]
    public void Ranks_the_verdict_before_the_number()
    {
        // Few rows hold a grade, so that its greater PSI may be chance; the score has shifted by less, for certain.
        _model.Columns = "score:number grade:string";
        _model.Definition = _model.Definition with { Drift = _model.Drift with { Bins = 100 } };
        _model.Rule(new ColumnRule { Name = "score" });
        _model.Publish(Enumerable.Range(0, 60).Select(i => $"{i % 2},{i / 2}"));

        var report = _model.ReportRows(Enumerable.Range(0, 60).Select(i => $"{(i % 20 == 0 ? 0 : 1)},{(i + 30) / 2}"));

        report.Of("drift", "grade").Observed!.Value.Number.Should().BeGreaterThan(
            report.Of("drift", "score").Observed!.Value.Number);
        report.Drift!.Columns.Select(column => (column.Column, column.Band)).Should().Equal(
            ("score", Band.Moved), ("grade", Band.InsufficientSample));
    }

    [Theory]
    [InlineData("", "every row is in the bin missing")]
    [InlineData("EUR", "every row is in the bin EUR")]
    public void Does_not_call_a_column_stable_that_has_one_bin(string value, string reason)
    {
        _model.Columns = "id:integer currency:string";
        _model.Publish(Enumerable.Range(0, 1000).Select(i => $"{i},{value}"));

        var report = _model.ReportRows(Enumerable.Range(0, 1000).Select(i => $"{i},{value}"));

        report.Of("drift", "currency").Should().BeEquivalentTo(new { Status = CheckStatus.Pass });
        report.Of("drift", "currency").Message.Should().StartWith(
            $"Column currency: not comparable ({reason}), CSI 0.000 on 1 bin against version 1;");
        report.Drift!.Columns[0].Should().BeEquivalentTo(new { Band = Band.NotComparable, Reason = reason });
    }

    [Fact]
    public void Does_not_call_texts_stable_that_share_the_bin_other()
    {
        _model.Columns = "employer:string";
        _model.Publish(Enumerable.Range(0, 2000).Select(i => $"e{i}"));

        var report = _model.ReportRows(Enumerable.Range(0, 2000).Select(i => $"f{i}"));

        report.Of("drift").Message.Should().MatchRegex(
            @"^Column employer: not comparable \(\d+(\.\d)? % of the rows with a value share the bin other\), CSI ");
        report.Drift!.Worst.Should().BeEquivalentTo(new { Band = Band.NotComparable });
    }

    [Fact]
    public void Rejects_one_text_in_place_of_many()
    {
        _model.Columns = "employer:string";
        _model.Publish(Enumerable.Range(0, 2000).Select(i => $"e{i}"));

        _model.ReportRows(Enumerable.Range(0, 2000).Select(i => i < 900 ? $"e{i}" : "unknown"))
            .Drift!.Worst.Should().BeEquivalentTo(new { Band = Band.Moved });
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59.999999")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("0001-01-01T00:00:00")]
    public void Compares_timestamps_at_the_ends_of_time(string end)
    {
        // As seconds, the last microsecond of the year 9999 is the first second of a year that there is not.
        _model.Columns = "until:timestamp";
        var rows = Enumerable.Range(0, 1000)
            .Select(i => i % 2 == 0 ? end : $"2024-01-{i % 28 + 1:00}T00:00:00").ToList();
        _model.Publish(rows);

        var report = _model.ReportRows(rows);

        report.Of("drift").Should().BeEquivalentTo(new { Status = CheckStatus.Pass, Observed = (CheckValue)0 });
    }

    [Theory]
    [InlineData(0, 2.5081121167199285)]
    [InlineData(50, 0.5242852796948092)]
    public void Notices_that_values_are_missing(int missingBefore, double psi)
    {
        // Of each of ten numbers as many give way to NULL, which has a bin of its own.
        _model.Columns = "id:integer score:number";
        _model.Definition = _model.Definition with { Key = ["id"] };
        _model.Publish(Missing(missingBefore));

        var report = _model.ReportRows(Missing(300));

        report.Failed().Should().Equal("drift score");
        report.Of("drift").Observed!.Value.Number.Should().BeApproximately(psi, 1e-12);

        static IEnumerable<string> Missing(int ofThousand) =>
            Enumerable.Range(0, 10_000).Select(i => i / 10 < ofThousand ? $"{i}," : $"{i},{i % 10}");
    }

    [Fact]
    public void Uses_the_latest_version_and_needs_only_its_documents()
    {
        _model.Publish(Rows(1000));
        _model.Publish(_model.StageAccepted(Rows(1000), force: true));
        File.Delete(_model.Paths.Version(2).Data);

        var report = _model.ReportRows(Rows(1000));

        report.Drift!.AgainstVersion.Should().Be(2);
    }

    [Fact]
    public void Lets_force_overrule_every_gate_against_the_published_version()
    {
        _model.Definition = _model.Definition with { Rows = new RowLimits { Min = 1, MaxChange = 0.1 } };
        _model.Publish(Rows(1000));
        _model.Force = true;
        _model.Columns = "id:integer score:number grade:string opened:date added:string";

        var report = _model.ReportRows(Rows(500, score: i => i + 1000).Select(row => $"{row},x"));

        report.Accepted.Should().BeTrue();
        report.Warned().Should().Contain(["rows_change", "schema_change added", "drift score"]);
        report.Of("rows_change").Message.Should().EndWith("Accepted, because the refresh was forced.");
    }

    [Fact]
    public void Lets_force_overrule_neither_integrity_nor_row_rules_nor_row_limits()
    {
        _model.Definition = _model.Definition with { Rows = new RowLimits { Min = 10 } };
        _model.Rule(new ColumnRule { Name = "income" });
        _model.Force = true;

        var report = _model.Report("id,score,grade,opened\nx,1,A,2024-01-01");

        report.Failed().Should().BeEquivalentTo(
            "integrity", "integrity", "row_rules", "type id", "rows", "schema income");
    }

    [Fact]
    public void Reports_every_failing_check_at_once()
    {
        _model.Definition = _model.Definition with { Key = ["id"] };
        _model.Rule(new ColumnRule { Name = "score", Min = "0", Max = "1", Required = true });
        _model.Rule(new ColumnRule { Name = "grade", Values = ["A", "B", "C", "D", "E"] });
        _model.Publish(Rows(1000));
        // Only now: a version with fewer rows could not have been published.
        _model.Definition = _model.Definition with { Rows = new RowLimits { Min = 2000, MaxChange = 0.01 } };
        _model.Columns += " added:string";
        var rows = string.Concat(Enumerable.Repeat("1,-5,F,1999-01-01,\nx,,A,1999-01-01,\n", 400));

        var report = _model.Report($"id,score,grade,opened,added\n{rows}1,1,A");

        report.Failed().Should().BeEquivalentTo(
            "integrity", "integrity", "integrity", "row_rules", "type id", "required score", "range score",
            "values grade", "key id", "rows", "rows_change", "schema_change added",
            "drift score", "drift grade", "drift opened");
        report.Checks.Select(c => c.Status).Should().BeInDescendingOrder();
    }

    private static IEnumerable<string> Rows(
        int count, Func<int, double>? score = null, Func<int, string>? grade = null)
    {
        score ??= i => i % 100 / 100.0;
        grade ??= i => "ABCDE"[i % 5].ToString();
        return Enumerable.Range(0, count).Select(i =>
            $"{i},{score(i)},{grade(i)},{new DateOnly(2024, 1, 1).AddDays(i % 300):yyyy-MM-dd}");
    }
}
