using System.Text.RegularExpressions;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

/// <summary>The program of <c>docs/reading-benchmarks.md</c>, as it stands there.</summary>
[NeedsPandas]
public sealed partial class Reading_a_benchmark_in_pandas : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Gives_every_value_with_its_type()
    {
        _place.Warehousing("""
            create table a as select * from (values
                (1, '01067', 'NA', 0.5::double, true, date '2026-01-31', timestamp '2026-01-31 10:00:00', 1200.50),
                (null, '10115', '', 'NaN', false, date '2026-02-01', timestamp '2026-01-31 10:00:00.25', 1.00),
                (9007199254740993, null, null, null, null, null, null, null))
                v(id, postcode, note, score, active, opened, seen, amount)
            """);
        _place.Registers("a: {table: a}");
        var refreshed = await _place.RunAsync("refresh", "vs/a");
        refreshed.ExitCode.Should().Be(0, refreshed.Output + refreshed.Error);

        var read = ChildProcess.Run(NeedsPandasAttribute.Python, ["-c", $"""
            {Documented().Replace("/mnt/efs/value_stream_1/model_x", _place.OnVolume("vs/a"))}
            print(*data.dtypes)
            for row in data.itertuples(index=False):
                print(*row)
            """]);

        read.Trim().Should().Be("""
            Int64 string string float64 boolean datetime64[ns] datetime64[ns] string
            1 01067 NA 0.5 True 2026-01-31 00:00:00 2026-01-31 10:00:00 1200.50
            <NA> 10115 <NA> nan False 2026-02-01 00:00:00 2026-01-31 10:00:00.250000 1.00
            9007199254740993 <NA> <NA> nan <NA> NaT NaT <NA>
            """);
    }

    private static string Documented()
    {
        var found = PandasExample().Match(RepositoryRoot.Read("docs/reading-benchmarks.md"));
        found.Success.Should().BeTrue("the document has the example");
        return found.Groups[1].Value;
    }

    [GeneratedRegex(@"## pandas.*?```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex PandasExample();
}

/// <summary>Debian's pandas. It is large, so it is not installed for one test.</summary>
internal sealed class NeedsPandasAttribute : NeedsAttribute
{
    /// <summary>Debian's Python, which Debian's packages are for.</summary>
    public const string Python = "/usr/bin/python3";

    public override string? WhyNot => Directory.Exists("/usr/lib/python3/dist-packages/pandas")
        ? null : "pandas is not on this machine: apt-get install python3-pandas.";

    public override bool IsInstallable => false;
}
