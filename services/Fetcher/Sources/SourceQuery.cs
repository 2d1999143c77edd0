using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Writing;

namespace Benchmark.Fetcher.Sources;

/// <summary>Runs a model's query on its source and writes the rows as CSV.</summary>
internal sealed class SourceQuery(SourceKinds kinds, OpenDatabases databases, FetchProgress progress, TimeProvider time)
{
    private static readonly TimeSpan s_forHints = TimeSpan.FromSeconds(5);

    /// <summary>Streams the result into a file that the caller opened to write and to read, and compares it with its source.</summary>
    /// <exception cref="FetchRefusedException">The source refuses, and would again.</exception>
    /// <exception cref="SourceUnavailableException">The source cannot be reached or broke off.</exception>
    /// <exception cref="TotalsDifferException">The file is not what the source has.</exception>
    public async Task<FetchedRows> WriteAsync(
        ModelDefinition model, SourceDefinition source, Guid runId, Stream target, CancellationToken ct)
    {
        var kind = kinds.Of(source);
        var text = QueryText.For(model, kind);
        using var fetch = progress.Begin(model, source, runId);
        try
        {
            return await DriverCall.RunAsync(stop => FetchAsync(new(kind, model, source, text, runId), fetch, target, stop), ct);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            // A cancelled query ends with whatever error its driver has for that.
            ct.ThrowIfCancellationRequested();
            throw Failed(kind.Classify(e), source, e);
        }
    }

    /// <summary>What whoever runs this should do about a source that works; null when nothing.</summary>
    /// <exception cref="FetchRefusedException">There is no such kind of source.</exception>
    public string? Warning(SourceDefinition source) => kinds.Of(source).Warning(source);

    private async Task<FetchedRows> FetchAsync(Order order, FetchUnderWay fetch, Stream target, CancellationToken ct)
    {
        var (kind, model, source, _, runId) = order;
        await using var connection = Connect(kind, source);
        await connection.OpenAsync(ct);
        databases.Keep(kind, connection);
        await kind.SetUpAsync(connection, runId, model.FetchTimeout, ct);
        try
        {
            return await ReadAsync(order, connection, fetch, target, ct);
        }
        catch (DbException e) when (!ct.IsCancellationRequested && kind.Classify(e) is FailureClass.Permanent)
        {
            throw Refused(source, e, await HintAsync(kind, connection, e, ct));
        }
        catch (UnwritableDataException e)
        {
            throw new FetchRefusedException(e.Message, e.Hint, e);
        }
    }

    private async Task<FetchedRows> ReadAsync(
        Order order, DbConnection connection, FetchUnderWay fetch, Stream target, CancellationToken ct)
    {
        var (kind, model, source, text, _) = order;
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        var fetchedAt = time.GetUtcNow();
        var prepared = await kind.PrepareAsync(command, model, ct);
        var csv = await kind.ReadAsync(command, reader =>
        {
            // A source may have begun anew.
            target.SetLength(0);
            fetch.StartOver();
            var columns = prepared.Columns ?? [.. Enumerable.Range(0, reader.FieldCount).Select(i => Describe(kind, reader, i))];
            return new CsvWriter(columns, fetch.Wrote).WriteAsync(reader, target, ct);
        }, ct);
        if (model.Reconcile || kind.AlwaysReconciles)
            await Reconciliation.CheckAsync(kind, connection, prepared.Relation, csv, target, ct);
        return new FetchedRows(csv, fetchedAt, new SourceFacts
        {
            Name = source.Name,
            Kind = source.Kind,
            QuerySha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            QueryId = prepared.QueryId,
        });
    }

    // The failure is told in any case, and soon.
    private static async Task<string?> HintAsync(SourceKind kind, DbConnection connection, DbException failure, CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(s_forHints);
        try
        {
            return await kind.HintAsync(connection, failure, inTime.Token);
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }

    internal static DbConnection Connect(SourceKind kind, SourceDefinition source)
    {
        try
        {
            var prepared = kind.Prepare(source);
            var connection = kind.Factory.CreateConnection()!;
            connection.ConnectionString = prepared;
            return connection;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            // The driver's own words may hold the connection string: they stay out, here and in the log.
            throw new FetchRefusedException(
                $"The connection of the source {source} cannot be used: it is not a connection string that its driver accepts.",
                $"Correct 'connection' of the source '{source.Name}' in the registry, or the environment variable it names.");
        }
    }

    internal static CsvColumn Describe(SourceKind kind, DbDataReader reader, int ordinal)
    {
        try
        {
            return kind.Column(reader, ordinal);
        }
        catch (Exception e) when (e is InvalidCastException or NotSupportedException or ArgumentException)
        {
            throw SourceKind.Unsupported(reader, ordinal, reader.GetDataTypeName(ordinal), e);
        }
    }

    private static FetchRefusedException Refused(SourceDefinition source, Exception e, string? hint) => new(
        $"The source {source} refused the query: {OneLine(e)}",
        hint ?? "Correct 'table' or 'query' of the model in the registry, or what it reads.", e);

    // Drivers draw the place of an error in several lines, which a report has no room for.
    internal static string OneLine(Exception e) =>
        string.Join(' ', e.Message.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static Exception Failed(FailureClass failure, SourceDefinition source, Exception e) => failure switch
    {
        FailureClass.Credentials => new FetchRefusedException(
            $"The source {source} refused the credentials: {OneLine(e)}",
            "The credentials were refused and are not tried again, so that no account is locked: "
            + $"renew the secret of the source '{source.Name}'.",
            e),
        FailureClass.Permanent => Refused(source, e, hint: null),
        _ => new SourceUnavailableException($"The source {source} is not available: {OneLine(e)}", e),
    };
}

/// <summary>What is to be fetched: the model's query in its source's spelling.</summary>
internal sealed record Order(SourceKind Kind, ModelDefinition Model, SourceDefinition Source, string Text, Guid RunId);

/// <summary>What a fetch gave beside the file.</summary>
internal sealed record FetchedRows(CsvFacts Csv, DateTimeOffset FetchedAt, SourceFacts Source);

/// <summary>A source could not be reached, or broke off; the endpoint tries again.</summary>
internal sealed class SourceUnavailableException(string message, Exception cause) : Exception(message, cause);
