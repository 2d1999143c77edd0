using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DuckDB.NET.Data;
using Microsoft.AspNetCore.Http;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>The shapes of what Snowflake says; an error is HTTP 200 too.</summary>
internal static class Answers
{
    private static readonly JsonSerializerOptions s_json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Success(object? data) => Say(data, code: null, message: null, success: true);

    public static IResult Failure(string code, string message) => Say(data: null, code, message, success: false);

    // The driver needs the data of a query that failed, too.
    public static IResult SqlError(string code, string state, string message) =>
        Say(new { sqlState = state, errorCode = code, queryId = "01b7c0de-ffff" }, code, message, success: false);

    public static IResult SqlError(DuckDBException e)
    {
        var (code, state, message) = SnowflakeSql.Failure(e);
        return SqlError(code.ToString("d6", CultureInfo.InvariantCulture), state, message);
    }

    public static IResult StillRunning(EmulatedResult result) => Say(
        new
        {
            queryId = result.QueryId,
            getResultUrl = $"/queries/{result.QueryId}/result",
            queryAbortsAfterSecs = 300
        },
        code: "333333", "Query execution in progress.", success: true);

    public static IResult Login(string token, string masterToken) => Success(new
    {
        token,
        masterToken,
        validityInSeconds = 3600,
        masterValidityInSeconds = 14400,
        serverVersion = "9.0.0",
        sessionId = 4242,
        // The driver looks the first up, without asking whether it is there, once a result has chunks.
        parameters = new object[]
        {
            new { name = "CLIENT_PREFETCH_THREADS", value = 4 }, new { name = "TIMEZONE", value = "Etc/UTC" },
        },
        sessionInfo = new { databaseName = "BANK", schemaName = "PUBLIC", warehouseName = "WH", roleName = "READER" },
    });

    public static IResult Renewed(string token, string masterToken) => Success(new
    {
        sessionToken = token,
        validityInSecondsST = 3600,
        masterToken,
        validityInSecondsMT = 14400,
        sessionId = 4242,
    });

    public static IResult Result(
        EmulatedResult result, IReadOnlyList<string?[]> rowset, string host, string chunkKey) => Success(new
        {
            parameters = Parameters(result.Sql),
            rowtype = result.Columns.Select(column => column.Description),
            rowset,
            total = result.Rows.Count,
            returned = result.Rows.Count,
            queryId = result.QueryId,
            databaseProvider = (string?)null,
            finalDatabaseName = "BANK",
            finalSchemaName = "PUBLIC",
            finalWarehouseName = "WH",
            finalRoleName = "READER",
            statementTypeId = 4096,
            queryResultFormat = "json",
            chunkHeaders = result.Chunks.Count == 0
            ? null : new Dictionary<string, string> { [SnowflakeEmulator.ChunkKey] = chunkKey },
            chunks = result.Chunks.Count == 0
            ? null : result.Chunks.Select((rows, number) => Chunk(result, rows, number, host)),
        });

    // What a statement has set comes back, and the driver goes by it from then on.
    private static IEnumerable<object> Parameters(string sql) =>
        System.Text.RegularExpressions.Regex.Match(
            sql, @"^ALTER SESSION SET .*CLIENT_PREFETCH_THREADS = (\d+)") is { Success: true } set
            ? [new
            {
                name = "CLIENT_PREFETCH_THREADS",
                value = int.Parse(set.Groups[1].Value, CultureInfo.InvariantCulture),
            }]
            : [];

    private static object Chunk(EmulatedResult result, string?[][] rows, int number, string host)
    {
        var text = EmulatedResult.ChunkText(rows);
        return new
        {
            url = $"http://{host}/chunks/{result.QueryId}/{number}",
            rowCount = rows.Length,
            uncompressedSize = System.Text.Encoding.UTF8.GetByteCount(text),
            compressedSize = EmulatedResult.Gzip(text).Length,
        };
    }

    private static IResult Say(object? data, string? code, string? message, bool success) =>
        Results.Json(new { data, code, message, success }, s_json);
}
