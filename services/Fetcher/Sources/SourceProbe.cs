using System.Data.Common;
using Benchmark.Contracts.Registry;
using Benchmark.Data;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources.Http;
using Benchmark.Fetcher.Sources.Snowflake;

namespace Benchmark.Fetcher.Sources;

/// <summary>
/// Asks the sources, without reading a row, whether every model's query would be answered as its rules expect.
/// </summary>
public static class SourceProbe
{
    // For the connection, and again for each query.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    private const string CorrectIt =
        "Correct the connection, the table or the query in the registry, or what it reads.";

    private static readonly TimeSpan s_endTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Every problem with the sources, the models' queries and what their rules ask of columns. A source whose secret
    /// is not set is left out: that is a problem of the registry.
    /// </summary>
    public static Task<IReadOnlyList<SourceProblem>> ProblemsAsync(ModelRegistry registry, CancellationToken ct) =>
        ProblemsAsync(registry, SourceKinds.BuiltIn, ct);

    /// <summary>
    /// The drivers that were found at run time, each with its version and place; those that every build has are not
    /// named.
    /// </summary>
    public static IReadOnlyList<string> Drivers(ModelRegistry registry) =>
        registry.Models.Any(model => registry.Sources.GetValueOrDefault(model.Source)?.Kind == "snowflake")
        && SnowflakeDriver.Loaded is { } driver ? [driver] : [];

    internal static async Task<IReadOnlyList<SourceProblem>> ProblemsAsync(
        ModelRegistry registry, SourceKinds kinds, CancellationToken ct)
    {
        var closed = SourceSecrets.Missing(registry).Select(missing => missing.Source.Name).ToHashSet();
        var bySource = await Task.WhenAll(registry.Models.GroupBy(model => model.Source)
            .Where(models => !closed.Contains(models.Key))
            .Select(models => SourceProblemsAsync(
                kinds, registry.Sources[models.Key], [.. models], registry.Places, ct)));
        return [.. bySource.SelectMany(problems => problems)];
    }

    private static async Task<IReadOnlyList<SourceProblem>> SourceProblemsAsync(
        SourceKinds kinds, SourceDefinition source, IReadOnlyList<ModelDefinition> models, RegistryPlaces places,
        CancellationToken ct)
    {
        try
        {
            var kind = kinds.Of(source);
            var expanded = SourceSecrets.Expand(source);
            Func<CancellationToken, Task<IReadOnlyList<SourceProblem>>> probing =
                until => OpenedProblemsAsync(kind, expanded, models, places, until);
            return await (kind.Watch(TimeProvider.System) is { } watch ? watch.RunAsync(probing, ct) : probing(ct));
        }
        catch (Exception e) when (Problem($"source {source.Name}", e, ct) is { } problem)
        {
            return [e is UnusableConnectionException
                ? SourceProblem.OfRegistry(places.Locate(problem, source.Name)) : SourceProblem.OfSource(problem)];
        }
    }

    private static async Task<IReadOnlyList<SourceProblem>> OpenedProblemsAsync(
        SourceKind kind, SourceDefinition source, IReadOnlyList<ModelDefinition> models, RegistryPlaces places,
        CancellationToken ct)
    {
        var connection = SourceConnection.Create(kind, source);
        try
        {
            await InTimeAsync(kind, inTime => SourceConnection.OpenAsync(kind, source, connection, inTime), ct);
            await InTimeAsync(kind, inTime => kind.SetUpToDescribeAsync(connection, inTime), ct);
            var problems = new List<SourceProblem>();
            foreach (var model in models)
                problems.AddRange(await ModelProblemsAsync(connection, kind, source, model, places, ct));
            foreach (var same in models.Where(model => model.Ready is not null).GroupBy(model => model.Ready!))
                problems.AddRange(await ReadyProblemsAsync(connection, kind, source, [.. same], places, ct));
            if (problems.Count == 0)
                await InTimeAsync(kind, inTime => kind.ProbeAsync(connection, inTime), ct);
            return problems;
        }
        catch (Exception e) when (kind.IsFailure(e) && !ct.IsCancellationRequested)
        {
            throw e is UnansweredException ? e
                : SourceConnection.Failed(kind, source, e, await SourceConnection.HintAsync(kind, connection, e, ct));
        }
        finally
        {
            await SourceConnection.CloseAsync(connection);
            await Task.WhenAny(kind.EndSessionsAsync(), Task.Delay(s_endTimeout, CancellationToken.None));
        }
    }

    private static async Task<IReadOnlyList<SourceProblem>> ModelProblemsAsync(
        DbConnection connection, SourceKind kind, SourceDefinition source, ModelDefinition model, RegistryPlaces places,
        CancellationToken ct)
    {
        var where = $"model {model.Name}";
        try
        {
            var asOf = TimeProvider.System.GetUtcNow() - ReadMoment.ClockTolerance;
            var columns = new List<ColumnFacts>();
            await DescribeAsync(
                connection, kind, QueryText.For(model, kind, model.AsOfRun ? asOf : null),
                reader => columns.AddRange(SourceConnection.Columns(kind, reader).Select(column => column.Facts)), ct);
            return [.. GivenColumns.Problems(model, columns, places).Select(SourceProblem.OfRegistry)];
        }
        catch (Exception e) when (Problem(where, Explained(kind, source, e, ct), ct) is { } problem)
        {
            var hinted = await SourceConnection.HintAsync(kind, connection, e, ct) is { } hint
                ? problem with { Hint = hint } : problem;
            return [IsWrittenWrongly(kind, e)
                ? SourceProblem.OfRegistry(places.Locate(hinted, $"{model.Name}", "query"))
                : SourceProblem.OfSource(hinted)];
        }
    }

    // Many models ask in the same words, which are looked at once.
    private static async Task<IReadOnlyList<SourceProblem>> ReadyProblemsAsync(
        DbConnection connection, SourceKind kind, SourceDefinition source, IReadOnlyList<ModelDefinition> models,
        RegistryPlaces places, CancellationToken ct)
    {
        var others = models.Count > 1 ? $" and {models.Count - 1} more" : "";
        try
        {
            var query = ReadyAnswer.QueryOf(models[0].Ready!, kind);
            await DescribeAsync(connection, kind, query, ReadyAnswer.Require, ct);
            return [];
        }
        catch (Exception e)
            when (Problem($"'ready' of {models[0].Name}{others}", Explained(kind, source, e, ct), ct) is { } problem)
        {
            var hinted = e is DbException ? problem with { Hint = ReadyAnswer.Hint } : problem;
            return [IsWrittenWrongly(kind, e)
                ? SourceProblem.OfRegistry(places.Locate(hinted, $"{models[0].Name}", "ready"))
                : SourceProblem.OfSource(hinted)];
        }
    }

    private static async Task DescribeAsync(
        DbConnection connection, SourceKind kind, string query, Action<DbDataReader> describe, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = kind.WithoutRows(query);
        await InTimeAsync(kind, async inTime =>
        {
            await using var reader = await command.ExecuteReaderAsync(inTime);
            describe(reader);
        }, ct);
    }

    // The query of the registry, or a type for which a CSV has no place; all else may be right in a moment.
    private static bool IsWrittenWrongly(SourceKind kind, Exception e) =>
        e is FetchRefusedException or UnwritableDataException || kind.IsWrongQuery(e);

    private static Exception Explained(SourceKind kind, SourceDefinition source, Exception e, CancellationToken ct) =>
        kind.IsFailure(e) && e is not UnansweredException && !ct.IsCancellationRequested
            ? SourceConnection.Failed(kind, source, e) : e;

    private static async Task InTimeAsync(SourceKind kind, Func<CancellationToken, Task> act, CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var limit = new CancellationTokenSource(s_timeout);
        string? waited = null;
        // What is waited for is noticed before the driver is told to end its requests.
        await using var over = limit.Token.Register(() =>
        {
            waited = HttpWatch.Current?.Waiting(TimeSpan.Zero);
            inTime.Cancel();
        });
        try
        {
            await DriverCall.RunAsync(async stop =>
            {
                await act(stop);
                return true;
            }, inTime.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new UnansweredException(HttpWatch.Current?.Trouble ?? waited, e);
        }
    }

    // Null for what is no problem of the source: the caller cancelled, or the program is wrong.
    internal static RegistryProblem? Problem(string where, Exception e, CancellationToken ct) => e switch
    {
        _ when ct.IsCancellationRequested => null,
        _ when FetchFailure.RefusalOf(e) is { } refused =>
            new RegistryProblem { Where = where, Problem = refused.Reason, Hint = refused.Hint },
        TimeoutException => new RegistryProblem
        {
            Where = where,
            Problem = e.Message,
            Hint = "Check its host, its load and the network between (firewall, proxy).",
        },
        SourceUnavailableException => new RegistryProblem { Where = where, Problem = e.Message },
        SourceFailedException { Class: FailureClass.Transient } => new RegistryProblem
        {
            Where = where,
            Problem = Sentence(e.Message),
            Hint = "Correct the connection in the registry, or check its host and the network between.",
        },
        SourceFailedException { Class: FailureClass.Permanent, Hint: var hint } => new RegistryProblem
        {
            Where = where,
            Problem = Sentence(e.Message),
            Hint = hint ?? CorrectIt,
        },
        SourceFailedException failed when FetchFailure.OfSource(failed) is FetchFailure.Refused refused =>
            new RegistryProblem { Where = where, Problem = Sentence(refused.Reason), Hint = refused.Hint },
        IOException => new RegistryProblem
        {
            Where = where,
            Problem = Sentence(SourceFailedException.OneLine(e)),
            Hint = CorrectIt,
        },
        _ => null,
    };

    // A hint follows. Drawings of a place in the query end with ^.
    private static string Sentence(string text) => text is [.., '.' or '!' or '?' or '^'] ? text : $"{text}.";

    private sealed class UnansweredException(string? waited, Exception cause) : TimeoutException(
        $"no answer within {s_timeout.TotalSeconds:0} s{(waited is null ? "" : $": {waited}")}.", cause);
}
