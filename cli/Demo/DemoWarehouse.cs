using System.Globalization;
using DuckDB.NET.Data;

namespace Benchmark.Cli.Demo;

/// <summary>
/// A sample warehouse: credit-risk-like data of two value streams. Every value follows from the month and the row's
/// number, so that the same month always gives the same rows.
/// </summary>
internal sealed class DemoWarehouse(string path)
{
    private static readonly DemoTable[] s_tables =
    [
        new("VALUE_STREAM_1.MODEL_X", Rows: 24_000, Seed: 1),
        new("VALUE_STREAM_1.MODEL_Y", Rows: 22_000, Seed: 2) { MovesInMonthTwo = true },
        new("VALUE_STREAM_2.MODEL_A", Rows: 20_000, Seed: 3) { NewRowsEverySecondMonth = true },
        new("VALUE_STREAM_2.MODEL_B", Rows: 26_000, Seed: 4) { BrokenInEvenMonths = true },
    ];

    /// <summary>Fills the warehouse with the month after the one it holds; the first time, with the first.</summary>
    /// <returns>The month, from 1.</returns>
    public int FillNextMonth()
    {
        using var connection = new DuckDBConnection($"Data Source={path}");
        connection.Open();
        Execute(connection, "create table if not exists demo_month (month integer)");
        var month = Convert.ToInt32(
            Scalar(connection, "select coalesce(max(month), 0) + 1 from demo_month"), CultureInfo.InvariantCulture);

        Execute(connection, "begin");
        Execute(connection, Macros);
        foreach (var table in s_tables)
            Execute(connection, table.CreateSql(month));
        Execute(connection, SharedDataSql("VALUE_STREAM_1", seed: 11, month));
        Execute(connection, SharedDataSql("VALUE_STREAM_2", seed: 12, month: 1));
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"insert into demo_month values ({month})"));
        Execute(connection, "commit");
        return month;
    }

    // Uniform and normal numbers that depend on nothing but the row's number and a salt.
    private const string Macros = """
        create or replace macro uniform(i, salt) as ((hash(i, salt) % 1000003) + 0.5) / 1000003;
        create or replace macro normal(i, salt) as
            sqrt(-2 * ln(uniform(i, salt))) * cos(2 * pi() * uniform(i, salt + 1));
        """;

    private static string SharedDataSql(string valueStream, int seed, int month) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        create schema if not exists {valueStream};
        create or replace table {valueStream}.SHARED_DATA as
        select
            i as customer_id,
            ['north', 'south', 'east', 'west'][1 + (uniform(i, {seed * 1000 + month}) * 4)::int % 4] as region,
            date '2015-01-01' + (uniform(i, {seed * 1000 + 1}) * 4000)::int as customer_since,
            round(1.5 + 0.4 * normal(i, {seed * 1000 + 10 + month}), 4) as house_price_index,
            (uniform(i, {seed * 1000 + 5}) < 0.3) as is_business
        from range(1, 5001) r(i)
        order by i
        """);

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
