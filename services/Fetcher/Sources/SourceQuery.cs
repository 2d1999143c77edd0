using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Csv;

namespace Benchmark.Fetcher.Sources;

/// <summary>Runs a model's query on its source and writes the rows as CSV.</summary>
internal sealed class SourceQuery(OpenDatabases databases, TimeProvider time)
{
    /// <summary>Streams the result into a file that the caller opened.</summary>
    /// <exception cref="FetchRefusedException">The source refuses, and would again.</exception>
    /// <exception cref="SourceUnavailableException">The source cannot be reached or broke off.</exception>
    public async Task<FetchedRows> WriteAsync(
        ModelDefinition model, SourceDefinition source, Guid runId, Stream target, CancellationToken ct)
    {
        var kind = SourceKinds.Of(source);
        var text = QueryText.For(model, kind);
        try
        {
            await using var connection = Connect(kind, source);
            await connection.OpenAsync(ct);
            databases.Keep(kind, connection);
            await kind.SetUpAsync(connection, runId, model.FetchTimeout, ct);
            await using var command = connection.CreateCommand();
            command.CommandText = text;
            kind.Tune(command);
            var fetchedAt = time.GetUtcNow();
            await using var stop = new Interruption(() => kind.Cancel(command), ct);
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
            var columns = Enumerable.Range(0, reader.FieldCount).Select(i => Describe(kind, reader, i)).ToList();
            var csv = await new CsvTable(columns).WriteAsync(reader, target, ct);
            return new FetchedRows(csv, fetchedAt, new SourceFacts
            {
                Name = source.Name,
                Kind = source.Kind,
                QuerySha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
                QueryId = kind.QueryId(reader),
            });
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            // A cancelled query ends with whatever error its driver has for that.
            ct.ThrowIfCancellationRequested();
            throw Failed(kind.Classify(e), source, e);
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

    internal static Column Describe(SourceKind kind, DbDataReader reader, int ordinal)
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
        FailureClass.Permanent => new FetchRefusedException(
            $"The source {source} refused the query: {OneLine(e)}",
            "Correct 'table' or 'query' of the model in the registry, or what it reads.", e),
        _ => new SourceUnavailableException($"The source {source} is not available: {OneLine(e)}", e),
    };
}

/// <summary>What a fetch gave beside the file.</summary>
internal sealed record FetchedRows(CsvFacts Csv, DateTimeOffset FetchedAt, SourceFacts Source);

/// <summary>A source could not be reached, or broke off; the endpoint tries again.</summary>
internal sealed class SourceUnavailableException(string message, Exception cause) : Exception(message, cause);
