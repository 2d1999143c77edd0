using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Tests.Snowflake.Emulator;
using Benchmark.Tests.Support;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Benchmark.Fetcher.Tests;

public sealed class Reading_any_source_DuckDB : Reading_any_source
{
    protected override string Writing => "create table u as select 1";

    protected override SourceDefinition Load(TempVolume volume, Row[] rows) => Sources.DuckDb(volume,
        [
            "create table t (n integer, id bigint, score double, name varchar, ok boolean, day date, raw blob, "
            + "amount decimal(38,10), seen timestamp)",
            .. Literals.Inserts(rows, raw => $"from_hex('{raw}')"),
        ]);
}

[NeedsPostgreSql]
public sealed class Reading_any_source_PostgreSQL(PostgresServer server) : Reading_any_source,
IClassFixture<PostgresServer>
{
    protected override string Writing => "with gone as (delete from t returning id) select * from gone";

    protected override SourceDefinition Load(TempVolume volume, Row[] rows)
    {
        // Each sample has a database of its own.
        var database = $"d{Guid.NewGuid():N}";
        server.Execute($"create database {database}");
        var connection = server.ConnectionString.Replace(
            "Database=postgres", $"Database={database}", StringComparison.Ordinal);
        using (var loading = new NpgsqlConnection(connection + ";Pooling=false"))
        {
            loading.Open();
            using var command = new NpgsqlCommand(string.Join(";\n",
                [
                    "create table t (n integer, id bigint, score float8, name text, ok boolean, day date, raw bytea, "
                    + "amount numeric(38,10), seen timestamp)",
                    .. Literals.Inserts(rows, raw => $"decode('{raw}', 'hex')"),
                ]), loading);
            command.ExecuteNonQuery();
        }
        return new SourceDefinition { Name = "demo", Kind = "postgres", Connection = connection };
    }
}

public sealed class Reading_any_source_SQLite : Reading_any_source
{
    // It stores NaN as NULL, and -0 as 0.
    protected override bool KeepsEveryDouble => false;

    protected override string Writing => "delete from t returning id";

    protected override SourceDefinition Load(TempVolume volume, Row[] rows)
    {
        var source = Sources.Sqlite(volume,
            "create table t (n integer, id bigint, score double, name text, ok boolean, day date, raw blob, amount "
            + "text, seen text)");
        using var connection = new SqliteConnection(source.Connection);
        connection.Open();
        for (var n = 0; n < rows.Length; n++)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "insert into t values ($0, $1, $2, $3, $4, $5, $6, $7, $8)";
            object?[] values =
            [
                n, rows[n].Id, rows[n].Score, rows[n].Name, rows[n].Ok, rows[n].DayText,
                rows[n].RawHex is { } raw ? Convert.FromHexString(raw) : null, rows[n].Amount, rows[n].SeenText,
            ];
            for (var i = 0; i < values.Length; i++)
                command.Parameters.AddWithValue($"${i}", values[i] ?? DBNull.Value);
            command.ExecuteNonQuery();
        }
        return source;
    }
}

[NeedsSnowflakeDriver]
public sealed class Reading_any_source_Snowflake : Reading_any_source, IAsyncLifetime
{
    private SnowflakeEmulator _snowflake = null!;

    // A sum there has 38 digits at most.
    protected override int DigitsOfAmounts => 36;

    // Names that are not quoted mean their upper-case form.
    protected override string Key => "N";

    protected override string Writing => "delete from t";

    public async Task InitializeAsync() => _snowflake = await SnowflakeEmulator.StartAsync();

    public async Task DisposeAsync() => await _snowflake.DisposeAsync();

    // It keeps what a query gave, and that very result is read and added up.
    [Fact]
    public override async Task Says_that_a_query_does_not_give_the_same_rows_again_where_that_matters() =>
        (await AskAsync<ModelStaged>(Load(Volume, []), NeverTheSame)).Rows.Should().Be(1);

    protected override SourceDefinition Load(TempVolume volume, Row[] rows)
    {
        _snowflake.Results.Execute(
            """
            create or replace table t (N integer, ID bigint, SCORE double, NAME varchar, OK boolean, DAY date, RAW blob,
              AMOUNT decimal(38,10), SEEN timestamp)
            """);
        foreach (var insert in Literals.Inserts(rows, raw => $"from_hex('{raw}')"))
            _snowflake.Results.Execute(insert);
        return new SourceDefinition
        {
            Name = "demo",
            Kind = "snowflake",
            Connection = _snowflake.ConnectionString,
            AllowPassword = true
        };
    }
}

file static class Literals
{
    public static IEnumerable<string> Inserts(Reading_any_source.Row[] rows, Func<string, string> raw) =>
        rows.Select((row, n) =>
        $"insert into t values ({n}, {Quoted(row.Id?.ToString(CultureInfo.InvariantCulture))}, "
        + $"{Quoted(row.Score?.ToString("R", CultureInfo.InvariantCulture))}, {Quoted(row.Name)}, "
        + $"{Quoted(row.Ok?.ToString())}, "
        + $"{Quoted(row.DayText)}, {(row.RawHex is null ? "null" : raw(row.RawHex))}, {Quoted(row.Amount)}, "
        + $"{Quoted(row.SeenText)})");

    private static string Quoted(string? value) =>
        value is null ? "null" : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
