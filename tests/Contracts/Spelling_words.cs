using System.Text.Json;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Stability;

namespace Benchmark.Contracts.Tests;

/// <summary>Other programs, queued messages and files of earlier months compare with these words.</summary>
public sealed class Spelling_words
{
    [Fact]
    public void Writes_outcomes_in_seven_words() => Spelt<Outcome>(
        "published", "unchanged", "rejected", "failed", "missing", "source late", "superseded");

    [Fact]
    public void Writes_where_a_refresh_is() => Spelt<Stage>("fetch", "validate", "publish");

    [Fact]
    public void Writes_what_started_a_run() => Spelt<RunTrigger>(
        "schedule", "operator", "message", "rollback", "accept");

    [Fact]
    public void Writes_how_a_run_stands() => Spelt<RunState>("running", "completed", "incomplete");

    [Fact]
    public void Writes_the_verdict_on_a_psi() => Spelt<Band>(
        "stable", "not comparable", "insufficient sample", "shifted", "moved");

    [Fact]
    public void Writes_where_noise_is_from() => Spelt<NoiseMethod>("chi-square", "simulation");

    [Fact]
    public void Writes_checks_as_manifests_have_them() => Spelt<CheckName>(
        "integrity", "type", "required", "range", "values", "key", "row_rules", "rows", "rows_change", "schema",
        "schema_change", "drift", "cumulative_drift", "out_of_range", "missing",
        "freshness");

    [Fact]
    public void Refuses_a_word_that_nobody_writes()
    {
        var read = () => EnumWords.Read<Outcome>("Published");

        read.Should().Throw<KeyNotFoundException>();
        EnumWords.TryRead<Outcome>("Published").Should().BeNull();
    }

    private static void Spelt<T>(params string[] words)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();

        values.Select(value => value.Word()).Should().Equal(words);
        values.Select(value => JsonSerializer.SerializeToElement(value).GetString()).Should().Equal(words);
        words.Select(EnumWords.Read<T>).Should().Equal(values);
    }
}
