using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;
using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;

namespace Benchmark.Fetcher.Tests;

/// <summary>Real databases in the test's directory, and registries of one model that read them.</summary>
public static class Sources
{
    public static readonly Guid Run = Guid.Parse("0190a1b2-0000-7000-8000-000000000001");

    public static RefreshModel Request => new() { RunId = Run, ValueStream = "value_stream_1", Model = "model_x" };

    public static SourceDefinition DuckDb(TempVolume volume, params string[] statements) =>
        Make(new DuckDBConnection(), "duckdb", $"Data Source={volume.Root}/warehouse.duckdb", statements);

    public static SourceDefinition Sqlite(TempVolume volume, params string[] statements) =>
        Make(new SqliteConnection(), "sqlite", $"Data Source={volume.Root}/warehouse.sqlite;Pooling=false", statements);

    /// <summary>DuckDB without a file: its SQL reads files, or needs nothing at all.</summary>
    public static SourceDefinition InMemory =>
        new() { Name = "demo", Kind = "duckdb", Connection = "Data Source=:memory:" };

    /// <summary>The same, with files that its SQL may read.</summary>
    public static SourceDefinition InMemoryWith(params string[] files) => InMemory with { Files = files };

    public static ModelDefinition Table(string table) =>
        Models.Named("value_stream_1", "model_x") with { Table = table };

    public static ModelDefinition Query(string query) =>
        Models.Named("value_stream_1", "model_x") with { Table = null, Query = query };

    public static ModelRegistry Registry(SourceDefinition source, params ModelDefinition[] models) =>
        new(models, [source], new NotifyTargets { Email = ["team@bank.example"], Slack = false });

    public static StagedPaths Staged(this TempVolume volume, int attempt = 1) =>
        volume.Layout.Model("value_stream_1", "model_x").Staging(Run, attempt);

    /// <summary>What lies in the model's staging area.</summary>
    public static string[] StagingArea(this TempVolume volume)
    {
        var area = volume.Layout.Model("value_stream_1", "model_x").StagingArea;
        return Directory.Exists(area) ? Directory.GetFileSystemEntries(area) : [];
    }

    private static SourceDefinition Make(
        DbConnection connection, string kind, string connectionString, string[] statements)
    {
        using (connection)
        {
            connection.ConnectionString = connectionString;
            connection.Open();
            foreach (var statement in statements)
            {
                using var command = connection.CreateCommand();
                command.CommandText = statement;
                command.ExecuteNonQuery();
            }
        }
        return new SourceDefinition { Name = "demo", Kind = kind, Connection = connectionString };
    }
}
