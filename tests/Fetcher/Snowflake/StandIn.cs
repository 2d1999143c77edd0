using System.Data.Common;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources;
using Benchmark.Fetcher.Sources.Snowflake;
using DuckDB.NET.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmark.Fetcher.Tests.Snowflake;

/// <summary>
/// An ADO.NET provider that behaves as Snowflake's driver was measured to: what its getters return depends on the
/// account and loses digits, a cancellation blocks, and the end of the rows may come early or late without an error.
/// DuckDB answers the queries; results are kept and can be scanned again.
/// </summary>
internal sealed class StandIn : DbProviderFactory, IDisposable
{
    private readonly DuckDBConnection _warehouse = new("Data Source=:memory:");
    private readonly List<string> _statements = [];

    public StandIn()
    {
        _warehouse.Open();
        foreach (var macro in SnowflakeSql.Macros)
            Execute(macro);
    }

    /// <summary>A source whose registry entry is as in production.</summary>
    public static SourceDefinition Source => new()
    {
        Name = "snowflake",
        Kind = "snowflake",
        Connection = "account=bank;user=BENCHMARK;authenticator=snowflake_jwt;private_key_file=/run/secrets/key.p8",
    };

    /// <summary>Changes the rows between Snowflake and whoever reads them; never the control totals.</summary>
    public Action<List<string?[]>> OnTheWire { get; set; } = _ => { };

    /// <summary>How many digits a floating-point number has as text: 17 keep every one.</summary>
    public int DigitsOfFloats { get; set; } = 17;

    /// <summary>What opening a connection ends with.</summary>
    public Exception? LoginFailure { get; set; }

    /// <summary>What a query ends with.</summary>
    public Exception? QueryFailure { get; set; }

    /// <summary>A query whose own rows are read, as those of <c>ready</c> are.</summary>
    public string? Question { get; set; }

    /// <summary>Set when queries are to be answered never; completes when the first is asked.</summary>
    public TaskCompletionSource? NeverAnswering { get; set; }

    /// <summary>Held while a cancellation waits for a server that does not answer.</summary>
    public ManualResetEventSlim Aborting { get; } = new(initialState: false);

    public int Logins { get; set; }

    public string? ConnectionString { get; set; }

    public IReadOnlyList<string> Statements
    {
        get
        {
            lock (_statements)
                return [.. _statements];
        }
    }

    public override DbConnection CreateConnection() => new StandInConnection(this);

    /// <summary>Puts this driver in the place of the one that is not in every build.</summary>
    public void Install(IServiceCollection services) =>
        services.AddSingleton(new SourceKinds(new Dictionary<string, SourceKind>
        {
            ["snowflake"] = new SnowflakeSource(() => this),
        }));

    public void Execute(string sql)
    {
        using var command = _warehouse.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Note(string statement)
    {
        lock (_statements)
            _statements.Add(statement);
    }

    public StandInReader Query(string sql)
    {
        if (QueryFailure is { } failure)
            throw failure;
        try
        {
            return sql == Question ? Read(sql, "01b7-question")
                : sql.Contains("RESULT_SCAN", StringComparison.Ordinal) ? Scan(sql) : Run(sql);
        }
        catch (DuckDBException e)
        {
            var (code, state, message) = SnowflakeSql.Failure(e);
            throw new StandInException(code, state, message);
        }
    }

    // The rows stay in Snowflake: who reads them with this driver's getters gets what they make of them.
    private StandInReader Run(string sql)
    {
        var id = $"01b7-{Statements.Count}";
        Execute($"create table \"{id}\" as {SnowflakeSql.ForDuckDb(sql)}");
        return Read($"from \"{id}\" where false", id);
    }

    private StandInReader Scan(string sql)
    {
        var result = Read(
            SnowflakeSql.ForDuckDb(sql).Replace("%.16e", $"%.{DigitsOfFloats - 1}e", StringComparison.Ordinal),
            "01b7-scan");
        if (!sql.Contains("count(*)", StringComparison.Ordinal))
            OnTheWire(result.Rows);
        return result;
    }

    private StandInReader Read(string sql, string id)
    {
        using var command = _warehouse.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        return StandInReader.Of(reader, id);
    }

    public void Dispose()
    {
        Aborting.Set();
        _warehouse.Dispose();
    }
}
