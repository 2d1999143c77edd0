using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Tests.Support;
using CsCheck;
using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;

namespace Benchmark.Fetcher.Tests;

public sealed class Round_trips
{
    private static readonly char[] s_odd = [',', '"', '\n', '\r', ' ', 'ä', '€', '\t', '\''];

    private static readonly Gen<string> s_text = Gen.OneOf(Gen.Char.AlphaNumeric, Gen.Int[0, s_odd.Length - 1].Select(i => s_odd[i]))
        .Array[0, 12].Select(chars => new string(chars));

    private static readonly Gen<Row> s_row = Gen.Select(
        Gen.Long.Nullable(), Gen.OneOf(Gen.Double, Gen.Double[-1e6, 1e6].Select(value => Math.Round(value, 6))).Nullable(), s_text.Null(), Gen.Bool.Nullable(),
        Gen.Int[0, 3_000_000].Select(day => DateOnly.FromDayNumber(day)).Nullable(),
        (id, score, name, ok, day) => new Row(id, score, name, ok, day));

    [Fact(Timeout = 300_000)]
    public async Task What_DuckDB_holds_is_read_back_from_the_file() =>
        await s_row.Array[0, 40].SampleAsync(async rows =>
        {
            using var volume = new TempVolume();
            var source = Sources.DuckDb(volume, "create table t (n integer, id bigint, score double, name varchar, ok boolean, day date)");
            using (var connection = new DuckDBConnection(source.Connection))
            {
                connection.Open();
                using var appender = connection.CreateAppender("t");
                for (var n = 0; n < rows.Length; n++)
                    appender.CreateRow().AppendValue(n).AppendValue(rows[n].Id).AppendValue(rows[n].Score).AppendValue(rows[n].Name)
                        .AppendValue(rows[n].Ok).AppendValue(rows[n].Day).EndRow();
            }

            var (first, second) = await StageTwiceAsync(volume, source);

            Read(first).Should().Equal(rows);
            second.Should().Equal(first, "same rows in, same bytes out");
        }, iter: 25, threads: 1);

    [Fact(Timeout = 300_000)]
    public async Task What_SQLite_holds_is_read_back_from_the_file() =>
        // SQLite stores NaN as NULL.
        await s_row.Where(row => row.Score is not double.NaN).Array[0, 40].SampleAsync(async rows =>
        {
            using var volume = new TempVolume();
            var source = Sources.Sqlite(volume, "create table t (n integer, id bigint, score double, name text, ok boolean, day date)");
            using (var connection = new SqliteConnection(source.Connection))
            {
                connection.Open();
                for (var n = 0; n < rows.Length; n++)
                    Insert(connection, n, rows[n]);
            }

            var (first, second) = await StageTwiceAsync(volume, source);

            Read(first).Should().Equal(rows);
            second.Should().Equal(first, "same rows in, same bytes out");
        }, iter: 25, threads: 1);

    private static void Insert(SqliteConnection connection, int n, Row row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "insert into t values ($n, $id, $score, $name, $ok, $day)";
        command.Parameters.AddWithValue("$n", n);
        command.Parameters.AddWithValue("$id", (object?)row.Id ?? DBNull.Value);
        command.Parameters.AddWithValue("$score", (object?)row.Score ?? DBNull.Value);
        command.Parameters.AddWithValue("$name", (object?)row.Name ?? DBNull.Value);
        command.Parameters.AddWithValue("$ok", (object?)row.Ok ?? DBNull.Value);
        command.Parameters.AddWithValue("$day", (object?)row.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    private static async Task<(byte[] First, byte[] Second)> StageTwiceAsync(TempVolume volume, Contracts.Registry.SourceDefinition source)
    {
        var registry = Sources.Registry(source, Sources.Query("select id, score, name, ok, day from t order by n"));
        await using var fetcher = await FetcherProcess.StartAsync(volume.Layout, registry);
        var other = Guid.NewGuid();
        await fetcher.AskAsync<ModelStaged>(Sources.Request);
        await fetcher.PublishAsync(Sources.Request with { RunId = other });
        await fetcher.NextAsync<ModelStaged>(skip: 1);
        return (File.ReadAllBytes(volume.Staged().Data),
            File.ReadAllBytes(volume.Layout.Model("value_stream_1", "model_x").Staging(other, 1).Data));
    }

    private static IEnumerable<Row> Read(byte[] file) => Rfc4180.Parse(file).Skip(1).Select(fields => new Row(
        fields[0] is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : null,
        fields[1] is { } score ? double.Parse(score, CultureInfo.InvariantCulture) : null,
        fields[2],
        fields[3] is { } ok ? bool.Parse(ok) : null,
        fields[4] is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null));

    private sealed record Row(long? Id, double? Score, string? Name, bool? Ok, DateOnly? Day);
}
