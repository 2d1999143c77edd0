using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

/// <summary>What <c>benchmark init</c> selects of a table; DuckDB's is tested with the command.</summary>
[NeedsPostgreSql]
public sealed class Choosing_columns_that_can_be_held(PostgresServer server)
    : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TempVolume _volume = new();

    public void Dispose() => _volume.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Casts_what_keeps_its_meaning_in_PostgreSQL_and_leaves_out_the_rest()
    {
        server.Execute(
            """
            create table odd as select 1 as "order", array[1, 2] as tags, interval '3 days' as term,
              '10:00+01'::timetz as at, 12.5::money as fee, '10.0.0.1'::inet as host, point(1, 2) as place,
              int4range(1, 5) as span, interval(3) '1 s' as brief, 'b' as "Name";
            """);
        var source = new SourceDefinition { Name = "demo", Kind = "postgres", Connection = server.ConnectionString };

        var held = await HeldAsync(source, Sources.Table("odd"));
        var file = await FetchAsync(source, Sources.Query(held.Query!));

        held.LeftOut.Select(column => column.Name).Should().Equal("tags", "place", "span");
        held.Cast.Select(column => column.Plain).Should().Equal("text", "text", "numeric", "text", "text");
        file.Should().Be("order,term,at,fee,host,brief,Name\n1,3 days,10:00:00+01,12.50,10.0.0.1/32,00:00:01,b\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task Leaves_out_what_SQLite_has_no_rule_for()
    {
        var source = Sources.Sqlite(
            _volume, "create table t (id integer, shape geometry)", "insert into t values (1, 'x')");

        var held = await HeldAsync(source, Sources.Table("t"));

        held.LeftOut.Should().Equal(new ChangedColumn("shape", "GEOMETRY", null));
        (await FetchAsync(source, Sources.Query(held.Query!))).Should().Be("id\n1\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task Needs_no_query_for_a_table_that_can_be_held_as_it_is()
    {
        var source = Sources.Sqlite(_volume, "create table t (id integer, name text)");

        (await HeldAsync(source, Sources.Table("t"))).Query.Should().BeNull();
    }

    private static Task<HeldColumns> HeldAsync(SourceDefinition source, ModelDefinition model) =>
        SourceBrowser.ColumnsAsync(Sources.Registry(source, model), Key, CancellationToken.None);

    private async Task<string> FetchAsync(SourceDefinition source, ModelDefinition model)
    {
        var path = Path.Combine(_volume.Root, "rows.csv");
        await SourceBrowser.FetchAsync(Sources.Registry(source, model), Key, path, CancellationToken.None);
        return await File.ReadAllTextAsync(path);
    }

    private static ModelKey Key => new() { ValueStream = "value_stream_1", Model = "model_x" };
}
