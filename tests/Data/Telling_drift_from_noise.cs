using Benchmark.Data.Stability;

namespace Benchmark.Data.Tests;

public sealed class Telling_drift_from_noise
{
    private static readonly PsiLimits s_limits = new(Warn: 0.10, Fail: 0.25);

    [Theory]
    // feature_engine's limits
    [InlineData(0.001, 500, 500, 10, 0.11150865948502628)]
    [InlineData(0.05, 1000, 1500, 32, 0.07497557213394188)]
    [InlineData(0.01, 777, 666, 42, 0.18111345503169146)]
    public void Gives_the_published_limit(double tail, long expectedRows, long actualRows, int bins, double limit)
    {
        var noise = SamplingNoise.Limit(bins, expectedRows, actualRows, 1 - tail);

        noise.Should().BeApproximately(limit, limit * 1e-12);
    }

    [Theory]
    [InlineData(50, 0.181, 0.340)]
    [InlineData(200, 0.0459, 0.0863)]
    [InlineData(1000, 0.0099, 0.0186)]
    public void Shrinks_with_the_sample(long rows, double mean, double limit)
    {
        SamplingNoise.Mean(10, 10_000, rows).Should().BeApproximately(mean, mean * 0.005);
        SamplingNoise.Limit(10, 10_000, rows).Should().BeApproximately(limit, limit * 0.005);
    }

    [Fact]
    public void Is_what_samples_of_one_population_show()
    {
        // Of its own: of some hundred seeds, one misses the limits below by chance.
        var random = new Random(20260301);
        var noise = Enumerable.Range(0, 2000)
            .Select(
                _ =>
                    Psi.Of([.. Sample(random, 10_000).Zip(Sample(random, 1000), (e, a) => new BinCount("bin", e, a))],
                        PsiConvention.Benchmark))
            .ToList();

        var under = noise.Count(psi => psi.Psi < psi.NoiseLimit) / 2000.0;

        // Two standard errors of a share of 95 % in 2,000 are 1 %.
        under.Should().BeInRange(0.935, 0.965);
        noise.Average(psi => psi.Psi).Should().BeApproximately(noise[0].NoiseMean, noise[0].NoiseMean * 0.05);

        static long[] Sample(Random random, int rows)
        {
            var counts = new long[10];
            for (var i = 0; i < rows; i++)
                counts[random.Next(10)]++;
            return counts;
        }
    }

    [Theory]
    // Closed forms for 2 degrees of freedom, −2 ln(1 − p), and 1, a squared normal quantile; tables for the rest.
    [InlineData(0.95, 2, 5.991464547107979)]
    [InlineData(0.05, 2, 0.10258658877510107)]
    [InlineData(0.95, 1, 3.841458820694124)]
    [InlineData(0.999, 4, 18.46682695290317)]
    [InlineData(0.5, 10, 9.341817765591857)]
    [InlineData(0.95, 9, 16.918977604620448)]
    [InlineData(0.01, 100, 70.06489492539978)]
    public void Knows_the_chi_square_distribution(double probability, int degreesOfFreedom, double quantile)
    {
        ChiSquare.Quantile(probability, degreesOfFreedom).Should().BeApproximately(quantile, quantile * 1e-12);
    }

    [Theory]
    [InlineData(0.0999, 0.01, 0, Band.Stable)]
    [InlineData(0.10, 0.01, 0.0099, Band.Shifted)]
    [InlineData(0.2499, 0.01, 0.0099, Band.Shifted)]
    [InlineData(0.25, 0.01, 0.0099, Band.Moved)]
    [InlineData(0.25, 0.01, 0.01, Band.InsufficientSample)]
    [InlineData(0.01, 0.10, 1, Band.Stable)]
    [InlineData(0.01, 0.1001, 0, Band.InsufficientSample)]
    [InlineData(0.25, 0.1001, 0.00099, Band.Moved)]
    [InlineData(0.25, 0.1001, 0.001, Band.InsufficientSample)]
    public void Gives_a_verdict(double psi, double noiseLimit, double pValue, Band band)
    {
        s_limits.BandOf(psi, noiseLimit, pValue).Should().Be(band);
    }
}
