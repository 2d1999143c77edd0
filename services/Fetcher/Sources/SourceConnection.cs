using System.Data.Common;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Benchmark.Contracts.Registry;
using Benchmark.Data;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources.Http;

namespace Benchmark.Fetcher.Sources;

/// <summary>What a fetch and a check both do with a source's driver.</summary>
internal static class SourceConnection
{
    private static readonly TimeSpan s_hintTimeout = TimeSpan.FromSeconds(5);

    // The rows are there by then; a server ends by itself what it does not hear of.
    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>A connection that is not open yet.</summary>
    /// <exception cref="UnusableConnectionException">The driver does not accept the connection string.</exception>
    /// <exception cref="FetchRefusedException">What it names is not there or not allowed.</exception>
    public static DbConnection Create(SourceKind kind, SourceDefinition source)
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
            throw new UnusableConnectionException(source);
        }
    }

    /// <summary>Opens a connection, to no more than its source allows.</summary>
    /// <exception cref="SourceFailedException">The source does not let us in, or cannot be reached.</exception>
    public static async Task OpenAsync(
        SourceKind kind, SourceDefinition source, DbConnection connection, CancellationToken ct)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (kind.LogInTimeout is { } most)
            inTime.CancelAfter(most);
        try
        {
            await connection.OpenAsync(inTime.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            var trouble = HttpWatch.Current is { } watch ? watch.Trouble ?? watch.Waiting(TimeSpan.Zero) : null;
            throw new SourceFailedException(source, new SourceFailure(
                FailureClass.Transient,
                $"the log-in did not finish within {kind.LogInTimeout?.TotalSeconds:0} s{(trouble is null ? "" : ": ")}"
                + $"{trouble}.", null), e);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && (kind.LogInTimeout is not null || kind.IsFailure(e))
            && e is not (FetchRefusedException or OperationCanceledException))
        {
            throw Failed(kind, source, e, await HintAsync(kind, connection, e, ct));
        }
        await kind.RestrictAsync(connection, source, ct);
    }

    /// <summary>Closes a connection, whose rows are read: what goes wrong now changes nothing.</summary>
    public static async Task CloseAsync(DbConnection connection)
    {
        var closing = Task.Run(async () => await connection.DisposeAsync());
        await Task.WhenAny(closing, Task.Delay(s_closeTimeout));
        if (!closing.IsCompletedSuccessfully)
            Activity.Current?.AddEvent(new ActivityEvent("The connection was not closed in time."));
        // Nobody waits for it any longer; what it ends with is no surprise to the process.
        _ = closing.ContinueWith(
            ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }

    /// <summary>What a driver threw, in words that hold no secret of its connection.</summary>
    public static SourceFailedException Failed(
        SourceKind kind, SourceDefinition source, Exception failure, string? hint = null)
    {
        var explained = kind.Explain(failure, HttpWatch.Current?.Trouble);
        return new SourceFailedException(source, explained with
        {
            Message = ConnectionSecrets.Mask(explained.Message, kind.WithSecrets(source)),
            Hint = hint ?? explained.Hint,
        }, failure);
    }

    /// <summary>The columns of a result.</summary>
    /// <exception cref="UnwritableDataException">The dialect has no place for the type of one.</exception>
    public static IReadOnlyList<CsvColumn> Columns(SourceKind kind, DbDataReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(i => Column(kind, reader, i))];

    /// <summary>A column of a result.</summary>
    /// <exception cref="UnwritableDataException">The dialect has no place for its type.</exception>
    public static CsvColumn Column(SourceKind kind, DbDataReader reader, int ordinal)
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

    /// <summary>
    /// What to do about a query that its source refused; null when no more is known than what the source has said.
    /// </summary>
    public static async Task<string?> HintAsync(
        SourceKind kind, DbConnection connection, Exception failure, CancellationToken ct)
    {
        if (failure is not DbException refusal || ct.IsCancellationRequested
            || kind.Classify(failure) is not FailureClass.Permanent)
            return null;
        // The failure is reported in any case, and soon.
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(s_hintTimeout);
        try
        {
            return await kind.HintAsync(connection, refusal, timeout.Token);
        }
        catch (Exception e)
            when (e is DbException or TimeoutException or InvalidOperationException or OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>A connection string that the source's driver does not accept.</summary>
internal sealed class UnusableConnectionException(SourceDefinition source)
    : Exception($"The connection of the source {source} cannot be used.")
{
    public SourceDefinition Definition { get; } = source;
}

/// <summary>What a source's driver threw, and what that kind of source says of it.</summary>
internal sealed partial class SourceFailedException(SourceDefinition source, SourceFailure failure, Exception cause)
    : Exception(failure.Message, cause)
{
    public SourceDefinition Definition { get; } = source;

    public FailureClass Class { get; } = failure.Class;

    /// <summary>What to do next; null when no more is known than what the source has said.</summary>
    public string? Hint { get; } = failure.Hint;

    // Drivers draw the place of an error in several lines, which a report has no room for. A table that DuckDB proposes
    // may be last month's.
    public static string OneLine(Exception e) => ProposedTable().Replace(
        Visible.Of(
            string.Join(' ', e.Message.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))), "$1");

    [GeneratedRegex(
        """(Table with name .* does not exist!) Did you mean "[^"]*"( or "[^"]*")*\?""", RegexOptions.CultureInvariant)]
    private static partial Regex ProposedTable();
}
