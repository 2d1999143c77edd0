using System.Data.Common;
using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>Asks the sources, without reading a row, whether every model's query would be answered.</summary>
public static class SourceProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>Every problem with the sources and the models' queries.</summary>
    public static async Task<IReadOnlyList<RegistryProblem>> ProblemsAsync(ModelRegistry registry, CancellationToken ct)
    {
        var bySource = await Task.WhenAll(registry.Models.GroupBy(model => model.Source)
            .Select(models => SourceProblemsAsync(registry.Sources[models.Key], [.. models], ct)));
        return [.. bySource.SelectMany(problems => problems)];
    }

    private static async Task<IReadOnlyList<RegistryProblem>> SourceProblemsAsync(
        SourceDefinition source, IReadOnlyList<ModelDefinition> models, CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(s_patience);
        var problems = new List<RegistryProblem>();
        try
        {
            var kind = SourceKinds.Of(source);
            await using var connection = kind.Factory.CreateConnection()!;
            connection.ConnectionString = kind.Prepare(source, Guid.Empty);
            await connection.OpenAsync(inTime.Token);
            foreach (var model in models)
            {
                if (await QueryProblemAsync(connection, kind, model, inTime.Token) is { } problem)
                    problems.Add(problem);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            problems.Add(Problem($"source {source.Name}", $"it did not answer within {s_patience.TotalSeconds:0} s."));
        }
        catch (FetchRefusedException e)
        {
            problems.Add(Problem($"source {source.Name}", e.Message, e.Hint));
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException)
        {
            problems.Add(Problem($"source {source.Name}", e.Message));
        }
        return problems;
    }

    private static async Task<RegistryProblem?> QueryProblemAsync(
        DbConnection connection, SourceKind kind, ModelDefinition model, CancellationToken ct)
    {
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"select * from ({QueryText.For(model, kind)}\n) as probe where 1 = 0";
            await using var reader = await command.ExecuteReaderAsync(ct);
            for (var i = 0; i < reader.FieldCount; i++)
                kind.Column(reader, i);
            return null;
        }
        catch (FetchRefusedException e)
        {
            return Problem($"model {model.Name}", e.Message, e.Hint);
        }
        catch (DbException e)
        {
            return Problem($"model {model.Name}", e.Message, "Correct its table or query in the registry, or what it reads.");
        }
    }

    private static RegistryProblem Problem(string where, string problem, string? hint = null) =>
        new() { Where = where, Problem = problem, Hint = hint };
}
