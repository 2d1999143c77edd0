using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Tests;

public sealed class Naming_models
{
    private readonly VolumeLayout _volume = new("/mnt/efs");

    [Theory]
    [InlineData("model_x")]
    [InlineData("7")]
    [InlineData("Model-X_2")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Allows_names_that_are_safe_as_one_part_of_a_path(string name)
    {
        SafeName.IsValid(name).Should().BeTrue();
        _volume.Model("value_stream_1", name).Directory.Should().Be($"/mnt/efs/value_stream_1/{name}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../etc")]
    [InlineData("/etc")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData(".hidden")]
    [InlineData("_x")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("modèle")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Refuses_every_other_name(string? name)
    {
        SafeName.IsValid(name).Should().BeFalse();
        _volume.Invoking(v => v.Model("value_stream_1", name!)).Should().Throw<ArgumentException>();
        _volume.Invoking(v => v.Model(name!, "model_x")).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("treshold", "threshold")]
    [InlineData("Schedule", "schedule")]
    [InlineData("valuestreams", "value_streams")]
    [InlineData("ky", "key")]
    public void Finds_what_was_probably_meant(string written, string meant)
    {
        Nearest.To(written, ["schedule", "threshold", "key", "value_streams"]).Should().Equal(meant);
    }

    [Fact]
    public void Finds_nothing_where_nothing_is_close()
    {
        Nearest.To("completely_different", ["schedule", "threshold"]).Should().BeEmpty();
        Nearest.To("", []).Should().BeEmpty();
    }

    [Theory]
    [InlineData("model_x_202611", "model_x_202610", false)]
    [InlineData("model_x_202611", "modelx_202611", true)]
    [InlineData("model_x_202611", "model_x_2026_11", true)]
    [InlineData("customer", "customers", true)]
    [InlineData("model_x", "model_x1", false)]
    public void Tells_another_month_from_a_misspelling(string written, string candidate, bool same) =>
        Nearest.HaveSameDigits(written, candidate).Should().Be(same);

    [Fact]
    public void Finds_several_the_closest_first()
    {
        Nearest.To("model_x", ["model_y", "model_x1", "model_x", "other"], 3)
            .Should().Equal("model_x", "model_x1", "model_y");
    }
}
