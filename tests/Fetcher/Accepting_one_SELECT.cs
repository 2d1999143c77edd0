using Benchmark.Fetcher.Sources;

namespace Benchmark.Fetcher.Tests;

public sealed class Accepting_one_SELECT
{
    [Theory]
    [InlineData("select 1", "select 1")]
    [InlineData("  SELECT 1 ;  ", "SELECT 1")]
    [InlineData("with a as (select 1) select * from a", "with a as (select 1) select * from a")]
    [InlineData("((select 1) union (select 2))", "((select 1) union (select 2))")]
    [InlineData("-- why\nselect 1 -- because\n; -- done", "-- why\nselect 1 -- because")]
    [InlineData("/* ; */ select 1 /* ; drop table t */", "/* ; */ select 1 /* ; drop table t */")]
    [InlineData("select ';' as a, \"b;c\", 'it''s; fine'", "select ';' as a, \"b;c\", 'it''s; fine'")]
    [InlineData("select $$a;b$$, $x$c;$$;d$x$, $1", "select $$a;b$$, $x$c;$$;d$x$, $1")]
    [InlineData("select e'a\\';b'", "select e'a\\';b'")]
    [InlineData("select note -- ' is no quote here\n from t", "select note -- ' is no quote here\n from t")]
    public void Takes_a_query_as_it_is(string sql, string expected)
    {
        var text = SingleSelect.Require(sql, backslashEscapes: false);

        text.Should().Be(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("delete from t")]
    [InlineData("explain select 1")]
    [InlineData("selection")]
    [InlineData("-- select 1")]
    [InlineData("select 1; select 2")]
    [InlineData("select 1;;")]
    [InlineData("select 'a\\'; drop table t; --'")]
    [InlineData("select 1 /* open")]
    [InlineData("select \"open")]
    [InlineData("select $x$ open $y$")]
    [InlineData("select '--'; drop table t")]
    public void Refuses_everything_else(string sql)
    {
        var act = () => SingleSelect.Require(sql, backslashEscapes: false);

        act.Should().Throw<FetchRefusedException>().Which.Hint.Should().Contain("SELECT or WITH");
    }

    [Fact]
    public void Reads_backslashes_and_slashes_as_Snowflake_does()
    {
        const string sql = "select 'a\\'; drop table t; --' // ' ; drop";

        var text = SingleSelect.Require(sql, backslashEscapes: true);

        text.Should().Be(sql);
    }

    [Theory]
    [InlineData("duckdb", "VALUE_STREAM_1.MODEL_X", "SELECT * FROM \"VALUE_STREAM_1\".\"MODEL_X\"")]
    [InlineData("sqlite", "order", "SELECT * FROM \"order\"")]
    [InlineData("postgres", "VALUE_STREAM_1.MODEL_X", "SELECT * FROM \"value_stream_1\".\"model_x\"")]
    [InlineData("postgres", "public.\"Model.X\"", "SELECT * FROM \"public\".\"Model.X\"")]
    [InlineData("snowflake", "DB.VALUE_STREAM_1.MODEL_X", "SELECT * FROM DB.VALUE_STREAM_1.MODEL_X")]
    [InlineData("snowflake", "DB.my-schema.T", "SELECT * FROM DB.\"my-schema\".T")]
    [InlineData("duckdb", "t; drop table t", "SELECT * FROM \"t; drop table t\"")]
    [InlineData("duckdb", "a\"b", "SELECT * FROM \"a\"\"b\"")]
    public void Spells_a_table_as_its_source_does(string kind, string table, string expected)
    {
        var text = QueryText.For(
            Tests.Sources.Table(table), SourceKinds.BuiltIn.Of(Tests.Sources.InMemory with { Kind = kind }),
            asOf: null);

        text.Should().Be(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a.")]
    [InlineData("\"a\"b")]
    public void Refuses_what_is_no_name_of_a_table(string table)
    {
        var act = () => QueryText.For(
            Tests.Sources.Table(table), SourceKinds.BuiltIn.Of(Tests.Sources.InMemory), asOf: null);

        act.Should().Throw<FetchRefusedException>().WithMessage("*is not the name of a table*");
    }
}
