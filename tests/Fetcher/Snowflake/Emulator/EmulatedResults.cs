using DuckDB.NET.Data;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>Runs queries in DuckDB and keeps what came of them by query id, so that it can be scanned again.</summary>
internal sealed class EmulatedResults : IDisposable
{
    private readonly Lock _lock = new();
    private readonly DuckDBConnection _warehouse = new("Data Source=:memory:");
    private readonly Dictionary<string, EmulatedResult> _byRequest = [];
    private readonly Dictionary<string, EmulatedResult> _byId = [];
    private readonly List<string> _statements = [];

    public EmulatedResults()
    {
        _warehouse.Open();
        TimeTravel = new TimeTravel(Execute);
        foreach (var macro in SnowflakeSql.Macros)
            Execute(macro);
    }

    public int InlineRows { get; set; } = 10;

    public int ChunkRows { get; set; } = 10;

    public TimeTravel TimeTravel { get; }

    /// <summary>What was run, each once however often its request came.</summary>
    public IReadOnlyList<string> Statements
    {
        get
        {
            lock (_lock)
                return [.. _statements];
        }
    }

    public void Execute(string sql)
    {
        lock (_lock)
        {
            using var command = _warehouse.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    public EmulatedResult? Find(string queryId)
    {
        lock (_lock)
            return _byId.GetValueOrDefault(queryId);
    }

    /// <summary>The same request id means the same query: it is not run again.</summary>
    /// <exception cref="DuckDBException">The query is wrong.</exception>
    /// <exception cref="TimeTravelException">It asks for a moment that there is not.</exception>
    public EmulatedResult Run(string requestId, string sql)
    {
        lock (_lock)
        {
            if (_byRequest.TryGetValue(requestId, out var known))
                return known;
            _statements.Add(sql);
            var id = $"01b7c0de-0000-0000-0000-{_statements.Count:d12}";
            var result = sql.StartsWith("ALTER SESSION ", StringComparison.OrdinalIgnoreCase)
                ? Said(id, sql) : Select(id, sql);
            return _byId[id] = _byRequest[requestId] = result;
        }
    }

    public void Dispose() => _warehouse.Dispose();

    private EmulatedResult Said(string id, string sql) =>
        new(id, sql, [EmulatedColumn.Of("status", "VARCHAR")], [["Statement executed successfully."]],
            InlineRows, ChunkRows);

    private EmulatedResult Select(string id, string sql)
    {
        Execute($"create table \"{id}\" as {SnowflakeSql.ForDuckDb(TimeTravel.Of(sql))}");
        var columns = Read($"select column_name, column_type from (describe \"{id}\")")
            .Select(row => EmulatedColumn.Of(row[0]!, row[1]!)).ToList();
        var rows = Read($"select {string.Join(", ", columns.Select(column => column.Cell))} from \"{id}\"");
        return new EmulatedResult(id, sql, columns, rows, InlineRows, ChunkRows);
    }

    private List<string?[]> Read(string sql)
    {
        using var command = _warehouse.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
            rows.Add(
                [.. Enumerable.Range(0, reader.FieldCount)
                    .Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        return rows;
    }
}
