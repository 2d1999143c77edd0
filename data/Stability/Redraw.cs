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

    private readonly Hypergeometric _draws = new(seed: 20_260_301);
    private readonly IReadOnlyList<Cell> _cells;
    private readonly PsiConvention _convention;
    private readonly long _expectedRows;
    private readonly long _actualRows;
    private readonly long[] _expected;
    private readonly long[] _actual;
    private readonly List<double> _psi = new(All);

    private Redraw(IReadOnlyList<Cell> cells, PsiConvention convention)
    {
        _cells = cells;
        _convention = convention;
        _expectedRows = cells.Sum(cell => cell.Expected);
        _actualRows = cells.Sum(cell => cell.Actual);
        _expected = [.. cells.Select(cell => cell.Expected)];
        _actual = [.. cells.Select(cell => cell.Actual)];
    }

    public static Chance Simulate(IReadOnlyList<Cell> cells, PsiConvention convention) =>
        new Redraw(cells, convention).Simulate();

    private Chance Simulate()
    {
        // Rounding must not make an equal difference a smaller one.
        var seen = Statistic() * (1 - 1e-9);
        var atLeast = Run(First, seen);
        if (PValueOf(atLeast) < PlainlyChance)
            atLeast += Run(All - First, seen);
        _psi.Sort();
        return new Chance
        {
            PValue = PValueOf(atLeast),
            NoiseMean = _psi.Average(),
            NoiseLimit = _psi[(int)(0.95 * _psi.Count)],
            Method = NoiseMethod.Simulation,
        };
    }

    // What was seen counts as one of the draws, so that no p-value is 0.
    private double PValueOf(int atLeast) => (atLeast + 1.0) / (_psi.Count + 1.0);

    private int Run(int times, double seen)
    {
        var atLeast = 0;
        for (var i = 0; i < times; i++)
        {
            DrawBoth();
            if (Statistic() >= seen)
                atLeast++;
            _psi.Add(Psi());
        }
        return atLeast;
    }

    private void DrawBoth()
    {
        var (total, wanted) = (_expectedRows + _actualRows, _expectedRows);
        for (var i = 0; i < _expected.Length; i++)
        {
            var rows = _cells[i].Rows;
            _expected[i] = _draws.Draw(total, rows, wanted);
            _actual[i] = rows - _expected[i];
            total -= rows;
            wanted -= _expected[i];
        }
    }

    private double Statistic() => HomogeneityTest.Statistic(_expected, _actual, _expectedRows, _actualRows);

    // The bins of a column of values are those that the benchmark happens to have; what else comes is unseen.
    private double Psi()
    {
        var (expected, actual, unseen) = (new List<long>(_cells.Count), new List<long>(_cells.Count), 0L);
        for (var i = 0; i < _expected.Length; i++)
        {
            if (_cells[i].IsValue && _expected[i] == 0)
            {
                unseen += _actual[i];
                continue;
            }
            expected.Add(_expected[i]);
            actual.Add(_actual[i]);
        }
        if (unseen > 0)
        {
            expected.Add(0);
            actual.Add(unseen);
        }
        return Stability.Psi.Terms(expected, actual, _convention).Sum();
    }
}
