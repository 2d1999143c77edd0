using System.Data.Common;
using System.Globalization;
using Benchmark.Data;

namespace Benchmark.Notifier.Database;

/// <summary>Commands and values in forms that both databases store in the same way.</summary>
internal static class Sql
{
    // Text of fixed width in UTC: both databases sort and compare it with the same SQL, and people can read it.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static DbCommand Command(
        this DbConnection connection,
        DbTransaction? transaction,
        string text,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = Stored(value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    public static async Task<int> ExecuteAsync(
        this DbConnection connection, string text, (string Name, object? Value)[] values, CancellationToken ct)
    {
        await using var command = connection.Command(null, text, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public static string? Text(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    public static int? Integer(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static long? Long(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>A word; null where there is none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="unknown">What a word stands for that only a newer program knows, which wrote it before this one was
    /// put back.</param>
    public static T? Enum<T>(this DbDataReader row, int column, T? unknown)
        where T : struct, Enum =>
        row.IsDBNull(column) ? null : EnumWords.TryRead<T>(row.GetString(column)) ?? unknown;

    public static DateTimeOffset? Time(this DbDataReader row, int column) =>
        row.IsDBNull(column)
            ? null
            : DateTimeOffset.ParseExact(
                row.GetString(column), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToString(),
        DateTimeOffset time => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
        bool flag => flag ? 1 : 0,
        _ => value,
    };
}
