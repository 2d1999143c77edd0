using System.Collections.Concurrent;
using System.Text.Json;
using DuckDB.NET.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>
/// Snowflake as its driver sees it: the protocol between the two over HTTP on this machine, DuckDB behind it, and what
/// goes wrong when a test plans it.
/// </summary>
internal sealed class SnowflakeEmulator : IAsyncDisposable
{
    public const string ChunkKey = "x-chunk-key";

    // Whoever asks the storage for a chunk without the header that came with the answer is refused, as there.
    private const string ChunkSecret = "of-this-result";

    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new();
    private readonly ConcurrentQueue<string> _chunks = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _abort = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SnowflakeEmulator(WebApplication server)
    {
        _server = server;
        server.MapPost(
            "/session/v1/login-request", LogInAsync);
        server.MapPost("/session/authenticator-request", () => Answers.Failure(
            "390190", "There was an error related to the SAML Identity Provider account parameter."));
        server.MapPost(
            "/session/token-request", async (HttpRequest request) => Sessions.Renew(request, await BodyAsync(request)));
        server.MapPost(
            "/session/heartbeat", (HttpRequest request) => Sessions.Refusal(request) ?? Answers.Success(null));
        server.MapPost("/session", EndSessionAsync);
        server.MapPost("/telemetry/send", () => Answers.Success(null));
        server.MapPost("/queries/v1/query-request", QueryAsync);
        server.MapPost("/queries/v1/abort-request", AbortAsync);
        server.MapGet("/queries/{id}/result", ResultOf);
        server.MapGet("/monitoring/queries/{id}", StatusOf);
        server.MapGet("/chunks/{id}/{number:int}", ChunkAsync);
    }

    public Uri Address => new(_server.Urls.Single());

    public string ConnectionString =>
        $"account=bank;host=127.0.0.1;port={Address.Port};scheme=http;user={Sessions.User};"
        + $"password={Sessions.Password}";

    public Faults Faults { get; } = new();

    public Drip Drip { get; } = new();

    public Sessions Sessions { get; } = new();

    public EmulatedResults Results { get; } = new();

    /// <summary>Completes when something has been asked that is never answered.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Completes when a query has been asked to be aborted.</summary>
    public Task Abort => _abort.Task;

    /// <summary>How many chunks were asked for of queries with this in their text.</summary>
    public int ChunksSent(string within) => _chunks.Count(sql => sql.Contains(within, StringComparison.Ordinal));

    public static async Task<SnowflakeEmulator> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var emulator = new SnowflakeEmulator(builder.Build());
        await emulator._server.StartAsync();
        return emulator;
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever still waits for an answer is not waited for.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
        Results.Dispose();
    }

    private async Task<IResult> QueryAsync(HttpRequest request)
    {
        var body = await BodyAsync(request);
        var sql = body.GetProperty("sqlText").GetString()!;
        var id = request.Query["requestId"].ToString();
        if (Faults.Strikes(Fault.Unavailable, sql))
            return Microsoft.AspNetCore.Http.Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (Faults.Strikes(Fault.SessionExpired, sql))
            Sessions.Expire(request);
        if (Faults.Strikes(Fault.SessionGone, sql))
            Sessions.Forget(request);
        if (Sessions.Refusal(request) is { } refusal)
            return refusal;
        if (Faults.Strikes(Fault.NeverAnswered, sql))
            return await HoldAsync(id, request.HttpContext.RequestAborted);
        return Run(request, id, sql, body);
    }

    private IResult Run(HttpRequest request, string id, string sql, JsonElement body)
    {
        // Rather no answer than one to another question.
        if (body.TryGetProperty("bindings", out var bindings) && bindings.ValueKind is JsonValueKind.Object
            && bindings.EnumerateObject().Any())
            return Answers.SqlError(
                "002049", "42601", "This emulator knows no bind variables; write the value into the query.");
        try
        {
            return Answer(request, Results.Run(id, sql));
        }
        catch (DuckDBException e)
        {
            return Answers.SqlError(e);
        }
        catch (TimeTravelException e)
        {
            return Answers.SqlError("000707", "02000", e.Message);
        }
    }

    private IResult Answer(HttpRequest request, EmulatedResult result)
    {
        if (Faults.Strikes(Fault.StillRunning, result.Sql))
            return Answers.StillRunning(result);
        var rowset = result.Inline.ToList();
        if (rowset.Count > 0 && Faults.Strikes(Fault.InlineRowLost, result.Sql))
            rowset.RemoveAt(0);
        if (rowset is [[{ } first, ..], ..] && Faults.Strikes(Fault.ValueAltered, result.Sql))
            rowset[0] = [first[..^1] + (first[^1] == '1' ? '2' : '1'), .. rowset[0].Skip(1)];
        return Answers.Result(result, rowset, request.Host.Value!, ChunkSecret);
    }

    private async Task<IResult> HoldAsync(string requestId, CancellationToken gone)
    {
        var aborted = _held.GetOrAdd(
            requestId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _asked.TrySetResult();
        await aborted.Task.WaitAsync(gone);
        return Answers.SqlError("000604", "57014", "SQL execution canceled");
    }

    private async Task<IResult> AbortAsync(HttpRequest request)
    {
        var id = (await BodyAsync(request)).GetProperty("requestId").GetString()!;
        _abort.TrySetResult();
        if (Faults.Strikes(Fault.AbortNeverAnswered, ""))
            await Task.Delay(Timeout.InfiniteTimeSpan, request.HttpContext.RequestAborted);
        if (Sessions.Refusal(request) is { } refusal)
            return refusal;
        if (!_held.TryRemove(id, out var held))
            return Answers.Failure("000605", "Identified SQL statement is not currently executing.");
        held.TrySetResult();
        return Answers.Success(null);
    }

    private IResult ResultOf(HttpRequest request, string id) => Sessions.Refusal(request)
        ?? (Results.Find(id) is { } result
            ? Answer(request, result) : Answers.SqlError("000709", "02000", $"Statement {id} not found"));

    private IResult StatusOf(HttpRequest request, string id) => Sessions.Refusal(request)
        ?? Answers.Success(new { queries = Results.Find(id) is null ? [] : new[] { new { id, status = "SUCCESS" } } });

    private async Task<IResult> LogInAsync(HttpRequest request)
    {
        var body = await BodyAsync(request);
        if (Faults.Strikes(Fault.LogInUnavailable, ""))
            return Microsoft.AspNetCore.Http.Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (Faults.Strikes(Fault.LogInNeverAnswered, ""))
            await NeverAsync(request.HttpContext);
        return Faults.Strikes(Fault.KeyUnknown, "")
            ? Answers.Failure("390144", "JWT token is invalid. [a0b1c2d3]") : Sessions.LogIn(body);
    }

    private Task NeverAsync(HttpContext http)
    {
        _asked.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
    }

    private async Task<IResult> EndSessionAsync(HttpRequest request)
    {
        if (Faults.Strikes(Fault.LogOutNeverAnswered, ""))
            await NeverAsync(request.HttpContext);
        Sessions.Forget(request);
        return Answers.Success(null);
    }

    private async Task ChunkAsync(HttpContext http, string id, int number)
    {
        var result = Results.Find(id);
        _chunks.Enqueue(result?.Sql ?? "");
        if (result is null || number >= result.Chunks.Count)
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (http.Request.Headers[ChunkKey] != ChunkSecret
            || Faults.Strikes(Fault.ChunkForbidden, result.Sql, number))
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else if (Faults.Strikes(Fault.ChunkNeverAnswered, result.Sql, number))
            await NeverAsync(http);
        else
            await ChunkBody.SendAsync(http, result, number, Faults, Drip);
    }

    private static async Task<JsonElement> BodyAsync(HttpRequest request) =>
        await JsonSerializer.DeserializeAsync<JsonElement>(
            request.Body, cancellationToken: request.HttpContext.RequestAborted);
}
