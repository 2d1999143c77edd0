using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Data.Totals;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources;
using Benchmark.Fetcher.Sources.Sqlite;
using Benchmark.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmark.Fetcher.Tests;

/// <summary>
/// What a source may do otherwise: no double quotes, no ORDER BY in a derived table, no LIMIT but its own.
/// </summary>
public sealed class Reading_another_SQL : IDisposable
{
    private readonly TempVolume _volume = new();

    [Fact]
    public async Task Reconciles_without_a_derived_table_and_without_double_quotes()
    {
        var kind = new Bracketed();
        var source = Sources.Sqlite(
            _volume, "create table [select] ([a b] integer)", "insert into [select] values (2), (1)");
        var model = Sources.Query("select * from [select] order by [a b]") with { Reconcile = true };
        await using var fetcher = await FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(source, model), configure: services => services.AddSingleton(Kinds(kind)));

        await fetcher.AskAsync<ModelStaged>(Sources.Request);

        File.ReadAllText(_volume.Staged().Data).Should().Be("a b\n1\n2\n");
        kind.Totalled.Should().OnlyContain(column => column == "[a b]").And.NotBeEmpty();
    }

    [Fact]
    public void Spells_a_quoted_part_of_a_table_as_its_source_does() =>
        QueryText.For(Sources.Table("dbo.\"Order Lines\""), new Bracketed(), asOf: null)
            .Should().Be("SELECT * FROM [dbo].[Order Lines]");

    [Fact]
    public async Task Checks_a_query_with_what_its_source_says_gives_no_rows()
    {
        var source = Sources.Sqlite(_volume, "create table t (a integer)");
        var model = Sources.Query("select a from t order by a") with { Key = ["b"] };

        var problems = await SourceProbe.ProblemsAsync(
            Sources.Registry(source, model), Kinds(new Bracketed()), CancellationToken.None);

        problems.Single().Problem.Problem.Should().StartWith("its rules name the column 'b'");
    }

    public void Dispose() => _volume.Dispose();

    private static SourceKinds Kinds(SourceKind kind) => new(new Dictionary<string, SourceKind> { ["sqlite"] = kind });

    private sealed class Bracketed : SourceKind
    {
        private readonly SqliteSource _sqlite = new();

        public List<string> Totalled { get; } = [];

        public override DbProviderFactory Factory => _sqlite.Factory;

        public override string Prepare(SourceDefinition source) => _sqlite.Prepare(source);

        public override string Quote(string part) => QuoteExactly(part);

        public override string Catalogue => _sqlite.Catalogue;

        public override string QuoteExactly(string name) => $"[{name}]";

        public override string WithoutRows(string query) => $"{query} LIMIT 0";

        public override async Task<PreparedQuery> PrepareAsync(
            DbCommand command, ModelDefinition model, CancellationToken ct)
        {
            await ExecuteAsync(command.Connection!, $"CREATE TEMP TABLE kept AS {command.CommandText}", ct);
            command.CommandText = "SELECT * FROM kept ORDER BY rowid";
            return new PreparedQuery("kept");
        }

        public override CsvColumn Column(DbDataReader reader, int ordinal) => _sqlite.Column(reader, ordinal);

        public override string? Total(Measure measure, string column)
        {
            Totalled.Add(column);
            return measure is Measure.WholeSum ? _sqlite.Total(measure, column) : null;
        }

        public override FailureClass Classify(Exception failure) => _sqlite.Classify(failure);
    }
}
