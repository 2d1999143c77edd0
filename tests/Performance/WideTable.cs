using System.Globalization;
using Benchmark.Tests.Support;
using DuckDB.NET.Data;

namespace Benchmark.Performance;

/// <summary>
/// A table of 30 columns as a model has them: a text key, a bigint, 3 dates, 6 texts of few values, 6 ints, 13 doubles
/// of 6 decimals, 3 % of all but the key NULL. Some 235 bytes of CSV for each row, the same each time.
/// </summary>
internal static class WideTable
{
    public const string Name = "wide";

    /// <summary>Makes it in a new DuckDB file.</summary>
    public static void CreateDuckDb(string database, int rows) => Execute(
        database, string.Create(CultureInfo.InvariantCulture, $"""
        create table {Name} as
        select 'K' || lpad(i::varchar, 10, '0') as application_id, {string.Join(", ", Values())} from range({rows}) r(i)
        """));

    /// <summary>Brings its rows from the DuckDB file to a PostgreSQL server.</summary>
    public static void CopyToPostgres(string database, PostgresServer server)
    {
        var file = Path.ChangeExtension(database, ".csv");
        Execute(database, $"copy {Name} to '{file}' (header)");
        server.Execute(
            $"create table {Name} (application_id text, "
            + $"{string.Join(", ", Columns().Select(c => $"{c.Name} {c.Type}"))})");
        Postgres.CopyIn(server, Name, file);
        // Otherwise the first who reads would pay for looking every row's transaction up.
        server.Execute($"vacuum (freeze, analyze) {Name}");
        File.Delete(file);
    }

    private static IEnumerable<string> Values() => Columns().Select((column, i) =>
        $"case when hash(i, {100 + i}) % 100 < 3 then null else "
        + $"{string.Format(CultureInfo.InvariantCulture, column.Value, $"hash(i, {i})")} end as {column.Name}");

    private static IEnumerable<(string Name, string Type, string Value)> Columns() =>
    [
        ("account", "bigint", "({0} % 100000000)::bigint"),
        .. Several(3, "opened", "date", "date '2015-01-01' + ({0} % 3650)::integer"),
        .. Several(6, "grade", "text", "'grade_' || chr((65 + {0} % 8)::integer)"),
        .. Several(6, "count", "integer", "({0} % 100000)::integer"),
        .. Several(13, "amount", "double precision", "({0} % 10000000)::double / 1000000"),
    ];

    private static IEnumerable<(string Name, string Type, string Value)> Several(
        int count, string name, string type, string value) =>
        Enumerable.Range(1, count).Select(i => ($"{name}_{i}", type, value));

    private static void Execute(string database, string sql)
    {
        using var connection = new DuckDBConnection($"Data Source={database}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
