using Benchmark.Data.Stability;

namespace Benchmark.Data.Tests;

public sealed class Naming_bins_for_people
{
    [Theory]
    [InlineData("(0.20333980000000001, 0.41178231]", "(0.20334, 0.411782]")]
    [InlineData("(-∞, 1234567.891]", "(-∞, 1234568]")]
    [InlineData("[-12.3456789, ∞)", "[-12.3457, ∞)")]
    [InlineData("(0, 0.00001234567]", "(0, 1.23457E-05]")]
    [InlineData("(2026-01-01, 2026-02-01]", "(2026-01-01, 2026-02-01]")]
    [InlineData("0.20333980000000001", "0.20333980000000001")]
    [InlineData("missing", "missing")]
    public void Writes_edges_in_six_digits(string bin, string label) =>
        BinLabels.Of([bin]).Should().Equal(label);

    [Fact]
    public void Keeps_every_digit_where_two_bins_would_have_one_name()
    {
        string[] bins = ["(0.1000001, 0.1000002]", "(0.1000002, 0.1000003]"];

        BinLabels.Of(bins).Should().Equal(bins);
    }
}
