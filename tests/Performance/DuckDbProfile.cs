using System.Globalization;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using DuckDB.NET.Data;

namespace Benchmark.Performance;

/// <summary>
/// What the Validator finds in a file, by DuckDB's SQL on two threads: read once, then asked column by column.
/// </summary>
internal sealed class DuckDbProfile : IDisposable
{
    private static readonly double[] s_quantiles = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
    private static readonly double[] s_deciles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    private readonly DuckDBConnection _connection = new("Data Source=:memory:");

    private DuckDbProfile(string file, StagedFacts facts)
    {
        var types = facts.Columns.Select(c => $"'{c.Name}': '{SqlType(c.Type)}'");
        _connection.Open();
        Ask($$"""
            set threads = 2;
            create temp table wide as select * from read_csv('{{file}}',
                auto_detect = false, header = true, delim = ',', quote = '"',
                columns = { {{string.Join(", ", types)}} })
            """);
    }

    /// <exception cref="InvalidOperationException">Rows break the rules, or are not those of the profile.</exception>
    public static void Check(string file, StagedFacts facts, Profile? against)
    {
        using var profile = new DuckDbProfile(file, facts);
        var broken = facts.Columns.Sum(profile.Broken)
            + profile.Ask($"select count(*) - count(distinct {WideRules.Key}) from wide")[0];
        var moved = facts.Columns.Select(column => profile.Stability(column, against)).Max();
        if (broken != 0 || moved > 0.001)
            throw new InvalidOperationException($"{broken} rows break the rules, and the PSI is up to {moved}.");
    }

    public void Dispose() => _connection.Dispose();

    private double Broken(ColumnFacts column) => WideRules.Of(column) switch
    {
        { Required: true } => Ask($"select count(*) filter (where {column.Name} is null) from wide")[0],
        { Values: { } values } =>
            Ask($"select count(*) filter (where {column.Name} not in ('{string.Join("','", values)}')) from wide")[0],
        { Min: { } min, Max: { } max } =>
            Ask($"select count(*) filter (where {column.Name} not between {min} and {max}) from wide")[0],
        _ => 0,
    };

    private double Stability(ColumnFacts column, Profile? against)
    {
        var bins = against?.Columns.Single(c => c.Name == column.Name).Bins;
        var rows = Ask($"select count(*), count({column.Name}), count(distinct {column.Name}) from wide");
        var common = $"select count(*) from wide where {column.Name} is not null group by {column.Name}";
        if (column.Type == ColumnType.String)
        {
            Ask($"{common} order by 1 desc, {column.Name} limit 50");
            return bins is null ? 0 : Psi(bins, [.. bins.Values!.Select(value => Ask(
                $"select count(*) filter (where {column.Name} = '{value}') from wide")[0])], rows);
        }
        var number = column.Type == ColumnType.Date ? $"({column.Name} - date '1970-01-01')" : column.Name;
        Ask($"{common} order by 1 desc, {column.Name} limit 10");
        Ask($"select min({number}), max({number}), avg({number}), stddev_samp({number}) from wide");
        double[] points = [.. s_quantiles, .. s_deciles];
        var quantiles = Ask($"select unnest(quantile_cont({number}, [{Listed(points)}])) from wide");
        Between(number, quantiles[s_quantiles.Length..]);
        return bins?.Edges is { } edges ? Psi(bins, Between(number, [.. edges]), rows) : 0;
    }

    private double[] Between(string number, double[] edges)
    {
        var upTo = edges.Select(edge => FormattableString.Invariant($"count(*) filter (where {number} <= {edge:R})"));
        var counts = Ask($"select {string.Join(", ", upTo)}, count({number}) from wide");
        return [.. counts.Select((count, i) => i == 0 ? count : count - counts[i - 1])];
    }

    private static double Psi(FrozenBins bins, double[] counts, double[] rows)
    {
        double[] expected = [.. bins.Counts, bins.Other ?? 0, bins.Missing];
        double[] actual = [.. counts, rows[1] - counts.Sum(), rows[0] - rows[1]];
        return expected.Zip(actual, (e, a) => (E: Share(e, expected), A: Share(a, actual)))
            .Sum(bin => (bin.A - bin.E) * Math.Log(bin.A / bin.E));
    }

    private static double Share(double count, double[] all) => count == 0 ? 0.0001 : count / all.Sum();

    // All numbers of the answer, row by row.
    private double[] Ask(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<double> numbers = [];
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
                numbers.Add(Convert.ToDouble(reader.GetValue(i), CultureInfo.InvariantCulture));
        }
        return [.. numbers];
    }

    private static string Listed(IEnumerable<double> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    private static string SqlType(ColumnType type) => type switch
    {
        ColumnType.Integer => "BIGINT",
        ColumnType.Number => "DOUBLE",
        ColumnType.Date => "DATE",
        _ => "VARCHAR",
    };
}
