using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>
/// Asks the sources, without reading a row, whether every model's query would be answered as its rules expect.
/// </summary>
public static class SourceProbe
{
    // For the connection, and again for each query.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Every problem with the sources, the models' queries and the columns that their rules name. A source whose secret
    /// is not set is left out: that is a problem of the registry.
    /// </summary>
    public static Task<IReadOnlyList<RegistryProblem>> ProblemsAsync(ModelRegistry registry, CancellationToken ct) =>
        ProblemsAsync(registry, SourceKinds.BuiltIn, ct);

    internal static async Task<IReadOnlyList<RegistryProblem>> ProblemsAsync(
        ModelRegistry registry, SourceKinds kinds, CancellationToken ct)
    {
        var closed = SourceSecrets.Missing(registry).Select(missing => missing.Source.Name).ToHashSet();
        var bySource = await Task.WhenAll(registry.Models.GroupBy(model => model.Source)
            .Where(models => !closed.Contains(models.Key))
            .Select(models => SourceProblemsAsync(kinds, registry.Sources[models.Key], [.. models], ct)));
        return [.. bySource.SelectMany(problems => problems)];
    }

    private static async Task<IReadOnlyList<RegistryProblem>> SourceProblemsAsync(
        SourceKinds kinds, SourceDefinition source, IReadOnlyList<ModelDefinition> models, CancellationToken ct)
    {
        try
        {
            var kind = kinds.Of(source);
            await using var connection = SourceConnection.Create(kind, SourceSecrets.Expand(source));
            try
            {
                await InTimeAsync(inTime => SourceConnection.OpenAsync(kind, source, connection, inTime), ct);
                await InTimeAsync(inTime => kind.SetUpToDescribeAsync(connection, inTime), ct);
            }
            catch (Exception e) when (Problem($"source {source.Name}", e, ct) is { } closed)
            {
                return [await SourceConnection.HintAsync(kind, connection, e, ct) is { } hint
                    ? closed with { Hint = hint } : closed];
            }
            var problems = new List<RegistryProblem>();
            foreach (var model in models)
                problems.AddRange(await ModelProblemsAsync(connection, kind, model, ct));
            return problems;
        }
        catch (Exception e) when (Problem($"source {source.Name}", e, ct) is { } problem)
        {
            return [problem];
        }
    }

    private static async Task<IReadOnlyList<RegistryProblem>> ModelProblemsAsync(
        DbConnection connection, SourceKind kind, ModelDefinition model, CancellationToken ct)
    {
        var where = $"model {model.Name}";
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = kind.WithoutRows(QueryText.For(model, kind));
            var columns = new List<string>();
            await InTimeAsync(async inTime =>
            {
                await using var reader = await command.ExecuteReaderAsync(inTime);
                columns.AddRange(SourceConnection.Columns(kind, reader).Select(column => column.Name));
            }, ct);
            return [.. UnknownColumns(where, model, columns)];
        }
        catch (Exception e) when (Problem(where, e, ct) is { } problem)
        {
            return [await SourceConnection.HintAsync(kind, connection, e, ct) is { } hint
                ? problem with { Hint = hint } : problem];
        }
    }

    private static IEnumerable<RegistryProblem> UnknownColumns(
        string where, ModelDefinition model, IReadOnlyList<string> columns) =>
        model.Columns.Select(rule => rule.Name).Concat(model.Key).Distinct().Except(columns)
            .Select(name => new RegistryProblem
            {
                Where = where,
                Problem = $"its rules name the column '{name}', which its query does not give.",
                Hint = Nearest.To(name, columns) is [var nearest]
                    ? $"Did you mean '{nearest}'?"
                    : $"The query gives {string.Join(", ", columns.Take(20))}.",
            });

    private static async Task InTimeAsync(Func<CancellationToken, Task> act, CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(s_timeout);
        await act(inTime.Token);
    }

    // Null for what is no problem of the source: the caller cancelled, or the program is wrong.
    private static RegistryProblem? Problem(string where, Exception e, CancellationToken ct) => e switch
    {
        _ when FetchFailure.RefusalOf(e) is { } refused =>
            new RegistryProblem { Where = where, Problem = refused.Reason, Hint = refused.Hint },
        OperationCanceledException when !ct.IsCancellationRequested => new RegistryProblem
        {
            Where = where,
            Problem = $"no answer within {s_timeout.TotalSeconds:0} s.",
            Hint = "Check its host, its load and the network between.",
        },
        SourceUnavailableException => new RegistryProblem { Where = where, Problem = e.Message },
        DbException or TimeoutException or IOException => new RegistryProblem
        {
            Where = where,
            Problem = Sentence(SourceFailedException.OneLine(e)),
            Hint = "Correct the connection, the table or the query in the registry, or what it reads.",
        },
        _ => null,
    };

    // A hint follows. Drawings of a place in the query end with ^.
    private static string Sentence(string text) => text is [.., '.' or '!' or '?' or '^'] ? text : $"{text}.";
}
