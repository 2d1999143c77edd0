namespace Benchmark.Data.Stability;

/// <summary>
/// Redraws two samples from their pooled rows, many times: how two samples of one population differ when their cells are
/// too thin for the chi-square distribution.
/// </summary>
internal sealed class Redraw
{
    // The first are enough where chance plainly explains what was seen. All of them resolve a p-value of 0.001.
    private const int First = 1_999;
    private const int All = 9_999;
    private const double PlainlyChance = 0.02;

    private readonly Draws _draws = new(seed: 20_260_301);
    private readonly IReadOnlyList<Cell> _cells;
    private readonly PsiConvention _convention;
    private readonly long _expectedRows;
    private readonly long _actualRows;
    private readonly int _quantiles;
    private readonly long[] _expected;
    private readonly long[] _actual;

    private Redraw(IReadOnlyList<Cell> cells, PsiConvention convention)
    {
        _cells = cells;
        _convention = convention;
        _expectedRows = cells.Sum(cell => cell.Expected);
        _actualRows = cells.Sum(cell => cell.Actual);
        // They come first.
        _quantiles = cells.Count(cell => cell.Kind == CellKind.Quantile);
        _expected = [.. cells.Select(cell => cell.Expected)];
        _actual = [.. cells.Select(cell => cell.Actual)];
    }

    public static Chance Simulate(IReadOnlyList<Cell> cells, PsiConvention convention) =>
        new Redraw(cells, convention).Simulate();

    private Chance Simulate()
    {
        // Rounding must not make an equal difference a smaller one.
        var seen = Statistic() * (1 - 1e-9);
        var (times, atLeast, psi) = (0, 0, new double[First]);
        for (; times < First; times++)
        {
            DrawBoth();
            atLeast += Statistic() >= seen ? 1 : 0;
            psi[times] = Psi();
        }
        if (PValue(times, atLeast) < PlainlyChance)
        {
            for (; times < All; times++)
            {
                DrawBoth();
                atLeast += Statistic() >= seen ? 1 : 0;
            }
        }
        Array.Sort(psi);
        return new Chance
        {
            PValue = PValue(times, atLeast),
            NoiseMean = psi.Average(),
            NoiseLimit = psi[(int)(0.95 * psi.Length)],
            Method = NoiseMethod.Simulation,
        };

        // What was seen counts as one of the draws, so that no p-value is 0.
        static double PValue(int times, int atLeast) => (atLeast + 1.0) / (times + 1.0);
    }

    private void DrawBoth()
    {
        var (total, wanted) = (_expectedRows + _actualRows, _expectedRows);
        if (_quantiles > 0)
            wanted -= DrawQuantiles(ref total);
        for (var i = _quantiles; i < _expected.Length; i++)
        {
            var rows = _cells[i].Rows;
            _expected[i] = _draws.WithoutReplacement(total, rows, wanted);
            _actual[i] = rows - _expected[i];
            total -= rows;
            wanted -= _expected[i];
        }
    }

    // Between quantiles the benchmark has the same rows each time, and what varies is how much of the population lies
    // there: the other sample falls into the gaps between the benchmark's values.
    private long DrawQuantiles(ref long total)
    {
        var rows = _cells.Take(_quantiles).Sum(cell => cell.Rows);
        var frozen = _cells.Take(_quantiles).Sum(cell => cell.Expected);
        var drawn = _draws.WithoutReplacement(total, rows, _expectedRows);
        total -= rows;
        var (values, upTo, given) = (rows - drawn, 0L, 0L);
        for (var i = 0; i < _quantiles; i++)
        {
            upTo += _cells[i].Expected;
            _expected[i] = frozen == 0 ? 0 : (long)Math.Round((double)upTo * drawn / frozen) - given;
            given += _expected[i];
        }
        // A bin that the benchmark leaves empty is still a gap.
        var gaps = 0L;
        for (var i = 0; i < _quantiles; i++)
            gaps += Math.Max(1, _expected[i]);
        for (var i = 0; i < _quantiles; i++)
        {
            var chosen = Math.Max(1, _expected[i]);
            _actual[i] = _draws.IntoGaps(gaps, chosen, values);
            values -= _actual[i];
            gaps -= chosen;
        }
        return drawn;
    }

    private double Statistic() => HomogeneityTest.Statistic(_expected, _actual, _expectedRows, _actualRows);

    // The bins of a column of values are those that the benchmark happens to have; what else comes is unseen.
    private double Psi()
    {
        var (expected, actual, unseen) = (new List<long>(_cells.Count), new List<long>(_cells.Count), 0L);
        for (var i = 0; i < _expected.Length; i++)
        {
            if (_cells[i].Kind == CellKind.Value && _expected[i] == 0)
            {
                unseen += _actual[i];
            }
            else if (_expected[i] + _actual[i] > 0)
            {
                expected.Add(_expected[i]);
                actual.Add(_actual[i]);
            }
        }
        if (unseen > 0)
        {
            expected.Add(0);
            actual.Add(unseen);
        }
        return Stability.Psi.Terms(expected, actual, _convention).Sum();
    }
}
