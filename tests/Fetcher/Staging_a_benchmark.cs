using System.Security.Cryptography;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

public sealed class Staging_a_benchmark : IDisposable
{
    private readonly TempVolume _volume = new();

    [Fact]
    public async Task Writes_exactly_these_bytes_for_every_type()
    {
        var source = Sources.DuckDb(_volume,
            "create schema value_stream_1",
            """
            create table value_stream_1.model_x as select * from (values
              (1::tinyint, 170141183460469231731687303715884105727::hugeint,
               0.1::double, 0.1::float, 1.50::decimal(4,2),
               -12345678901234567890123456.123456789012::decimal(38,12), true, date '2024-02-29', time '23:59:59.5',
               timestamp '2024-02-29 12:00:00.123', timestamptz '2024-02-29 12:00:00+02', 'abc'::blob,
               '6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid, '{"a":1}'::json, 'plain', 'Umlaut ä €'),
              (-128, -5, '-0'::double, 'nan'::float, -0.05, 99999999999999999999999999.5, false,
               date '0001-01-01', time '00:00:00',
               timestamp '1969-12-31 23:59:59.999999', timestamptz '1970-01-01 00:00:00+00', ''::blob,
               '00000000-0000-0000-0000-000000000000'::uuid, 'null'::json, '', 'a,b "c"' || chr(10) || 'd'),
              (null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)
            ) t(tiny, huge, dbl, flt, dec, wide, bool, d, t, ts, tstz, bin, id, js, txt, "odd, name")
            """);
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, Sources.Table("VALUE_STREAM_1.MODEL_X")));

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        File.ReadAllText(_volume.Staged().Data).Should().Be(
            "tiny,huge,dbl,flt,dec,wide,bool,d,t,ts,tstz,bin,id,js,txt,\"odd, name\"\n"
            + "1,170141183460469231731687303715884105727,0.1,0.1,1.50,-12345678901234567890123456.123456789012,true,"
            + "2024-02-29,"
            + "23:59:59.5,2024-02-29T12:00:00.123,2024-02-29T10:00:00Z,YWJj,6f9619ff-8b86-d011-b42d-00c04fc964ff,"
            + "\"{\"\"a\"\":1}\",plain,Umlaut ä €\n"
            + "-128,-5,-0,NaN,-0.05,99999999999999999999999999.500000000000,false,0001-01-01,00:00:00,"
            + "1969-12-31T23:59:59.999999,1970-01-01T00:00:00Z,\"\",00000000-0000-0000-0000-000000000000,null,\"\","
            + "\"a,b \"\"c\"\"\nd\"\n"
            + ",,,,,,,,,,,,,,,\n");
    }

    [Fact]
    public async Task Writes_the_less_usual_types_of_DuckDB()
    {
        var registry = Sources.Registry(Sources.InMemory, Sources.Query(
            """
            select 255::utinyint as u8, 65535::usmallint as u16, 4294967295::uinteger as u32,
              18446744073709551615::ubigint as u64, '340282366920938463463374607431768211455'::uhugeint as u128,
              (-32768)::smallint as i16, 'b'::enum('a', 'b') as e, '0101'::bit as bits,
              '2024-02-29 12:00:00'::timestamp_s as ts_s, '2024-02-29 12:00:00.5'::timestamp_ms as ts_ms,
              '1969-12-31 23:59:59.9999999'::timestamp_ns as ts_ns, date '9999-12-31' as d, null as nothing
            """));
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, registry);

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        File.ReadAllText(_volume.Staged().Data).Should().Be(
            "u8,u16,u32,u64,u128,i16,e,bits,ts_s,ts_ms,ts_ns,d,nothing\n"
            + "255,65535,4294967295,18446744073709551615,340282366920938463463374607431768211455,-32768,b,0101,"
            + "2024-02-29T12:00:00,2024-02-29T12:00:00.5,1969-12-31T23:59:59.9999999,9999-12-31,\n");
    }

    [Fact]
    public async Task Keeps_rows_and_nulls_apart_over_many_chunks()
    {
        var registry = Sources.Registry(Sources.InMemory, Sources.Query(
            "select case when i % 3 <> 0 then i end as a, case when i % 5 <> 0 then 'row ' || i end as b from "
            + "range(10000) r(i)"));
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, registry);

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        var expected = Enumerable.Range(0, 10_000)
            .Select(i => new[] { i % 3 != 0 ? $"{i}" : null, i % 5 != 0 ? $"row {i}" : null });
        Rfc4180.Parse(File.ReadAllBytes(_volume.Staged().Data)).Skip(1)
            .Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());
        VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Columns.Select(column => column.Nulls)
            .Should().Equal(3334, 2000);
    }

    [Fact]
    public async Task States_the_declared_type_beside_the_sources_own()
    {
        var query = Sources.Query("select 1 as score, 'a' as grade") with
        {
            Columns = [new ColumnRule { Name = "score", Type = ColumnType.Number }],
        };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(Sources.InMemory, query));

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Columns.Should().Equal(
            new ColumnFacts
            {
                Name = "score",
                Type = ColumnType.Number,
                SourceType = ColumnType.Integer,
                Nulls = 0,
            },
            new ColumnFacts { Name = "grade", Type = ColumnType.String, Nulls = 0 });
    }

    [Fact]
    public async Task States_the_facts_of_what_it_wrote()
    {
        var source = Sources.DuckDb(
            _volume, "create table t as select * from (values (1, 'a'), (2, null), (3, null)) v(id, grade)");
        var registry = Sources.Registry(source, Sources.Query("select id, grade from t order by id"));
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, registry);
        var began = DateTimeOffset.UtcNow.AddMinutes(-3);

        var staged = await fetcher.AskAsync<ModelStaged>(
            Sources.Request with
            {
                RunStartedAt = began,
                RequestedBy = "ana@bank.example",
                Reason = "month end",
                Force = true,
            });

        var data = File.ReadAllBytes(_volume.Staged().Data);
        var facts = VolumeJson.Read<StagedFacts>(_volume.Staged().Facts);
        staged.Should().Be(new ModelStaged
        {
            RunId = Sources.Run,
            ValueStream = "value_stream_1",
            Model = "model_x",
            Attempt = 1,
            Rows = 3,
            Bytes = data.Length,
            FetchedAt = facts.FetchedAt,
            VolumeTime = facts.VolumeTime,
        });
        facts.Should().BeEquivalentTo(new StagedFacts
        {
            RunId = Sources.Run,
            ValueStream = "value_stream_1",
            Model = "model_x",
            Attempt = 1,
            Rows = 3,
            Bytes = data.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(data)),
            Columns =
            [
                new ColumnFacts { Name = "id", Type = ColumnType.Integer, Nulls = 0 },
                new ColumnFacts { Name = "grade", Type = ColumnType.String, Nulls = 2 },
            ],
            FetchedAt = facts.FetchedAt,
            VolumeTime = facts.VolumeTime,
            RunStartedAt = began,
            Source = new SourceFacts
            {
                Name = "demo",
                Kind = "duckdb",
                QuerySha256 = Convert.ToHexStringLower(SHA256.HashData("select id, grade from t order by id"u8)),
            },
            RegistrySha256 = registry.Sha256,
            RequestedBy = "ana@bank.example",
            Reason = "month end",
            Force = true,
        });
        facts.FetchedAt.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        facts.VolumeTime.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        Directory.GetFiles(_volume.Staged().Directory).Should().HaveCount(2, "nothing else may be taken along");
    }

    [Fact]
    public async Task Stages_no_rows_as_a_header_because_judging_them_is_not_its_business()
    {
        var registry = Sources.Registry(Sources.InMemory, Sources.Query("select 1 as id, 'x' as name where false"));
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, registry);

        var staged = await fetcher.AskAsync<ModelStaged>(Sources.Request);

        staged.Rows.Should().Be(0);
        File.ReadAllText(_volume.Staged().Data).Should().Be("id,name\n");
    }

    [Fact]
    public async Task Reads_files_through_DuckDB_without_a_database()
    {
        File.WriteAllText($"{_volume.Root}/in.csv", "id,score\n1,0.5\n2,\n");
        var registry = Sources.Registry(
            Sources.InMemoryWith($"{_volume.Root}/in.csv"), Sources.Query(
                $"-- a monthly export\nwith t as (select * from read_csv('{_volume.Root}/in.csv')) select * from "
                + "t;\n"));
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, registry);

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        File.ReadAllText(_volume.Staged().Data).Should().Be("id,score\n1,0.5\n2,\n");
    }

    [Fact]
    public async Task Reads_SQLite_by_what_its_columns_were_declared_as()
    {
        var source = Sources.Sqlite(_volume,
            """
            create table model_x (
              id integer primary key, score real, name varchar(20), raw blob, ok boolean, opened date,
                                  seen datetime, amount numeric(10,2))
            """,
            "insert into model_x values (1, 0.1, 'O''Neil', x'616263', 1, '2024-02-29', '2024-02-29 12:00:00.5', 12)",
            "insert into model_x values (2, 5, '', x'', 0, '1999-12-31', '1999-12-31T00:00:00', 12.5)",
            "insert into model_x (id) values (3)");
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(
                source, Sources.Query("select *, null as empty, id * 1.5 as more from model_x order by id")));

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        File.ReadAllText(_volume.Staged().Data).Should().Be(
            "id,score,name,raw,ok,opened,seen,amount,empty,more\n"
            + "1,0.1,O'Neil,YWJj,true,2024-02-29,2024-02-29T12:00:00.5,12,,1.5\n"
            + "2,5,\"\",\"\",false,1999-12-31,1999-12-31T00:00:00,12.5,,3\n"
            + "3,,,,,,,,,4.5\n");
        VolumeJson.Read<StagedFacts>(_volume.Staged().Facts).Columns.Select(column => column.Type).Should().Equal(
            ColumnType.Integer, ColumnType.Number, ColumnType.String, ColumnType.Bytes, ColumnType.Boolean,
            ColumnType.Date,
            ColumnType.Timestamp, ColumnType.Number, ColumnType.String, ColumnType.Number);
    }

    [Fact]
    public async Task Writes_text_longer_than_a_block_whole()
    {
        var registry = Sources.Registry(Sources.InMemory, Sources.Query(
            """
            select repeat('ä"x,', 700000) as quoted, repeat('€😀', 600000) as plain, repeat('ab', 1000000)::blob as raw
            """));
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, registry);

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        var quoted = string.Concat(Enumerable.Repeat("ä\"\"x,", 700_000));
        var plain = string.Concat(Enumerable.Repeat("€😀", 600_000));
        var raw = Convert.ToBase64String(
            System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("ab", 1_000_000))));
        var written = File.ReadAllText(_volume.Staged().Data);
        (written == $"quoted,plain,raw\n\"{quoted}\",{plain},{raw}\n").Should().BeTrue();
    }

    [Fact]
    public async Task Reads_one_database_file_for_several_models_at_once()
    {
        var source = Sources.DuckDb(_volume, "create table t as select range as id from range(50000)");
        // The same file spelt in two ways and with settings of its own.
        var other =
            source with { Name = "other", Connection = $"Data Source={_volume.Root}/./warehouse.duckdb;threads=1" };
        var models = Enumerable.Range(0, 8)
            .Select(
                i => Models.Named(
                    "value_stream_1", $"model_{i}") with
                { Table = "t", Source = i % 2 == 0 ? "demo" : "other" });
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, new([.. models], [source, other], new() { Email = [], Slack = false }));

        for (var i = 0; i < 8; i++)
            await fetcher.PublishAsync(Sources.Request with { Model = $"model_{i}" });
        var last = await fetcher.NextAsync<ModelStaged>(skip: 7);

        last.Rows.Should().Be(50_000);
        fetcher.Seen<ModelFetchFailed>().Should().BeEmpty();
    }

    public void Dispose() => _volume.Dispose();
}
