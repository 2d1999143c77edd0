using System.Text.RegularExpressions;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>
/// A column as Snowflake describes it, and the words with which DuckDB writes its cells as Snowflake's JSON format
/// does.
/// </summary>
internal sealed record EmulatedColumn(string Name, string Type, string Cell, int? Precision = null, int? Scale = null)
{
    private const int MaxText = 16_777_216;

    // What SnowflakeSql shows of a time with an offset: that of Asia/Kolkata, 330 minutes, of which 1440 are added.
    private const string Offset = " 1770";

    public object Description => new
    {
        name = Name,
        type = Type,
        precision = Precision,
        scale = Scale,
        nullable = true,
        length = Type is "text" ? MaxText : (int?)null,
        byteLength = Type is "text" ? MaxText : (int?)null,
    };

    public static EmulatedColumn Of(string name, string duckDbType)
    {
        var column = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var asText = $"{column}::varchar";
        return duckDbType switch
        {
            "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UTINYINT" or "USMALLINT" or "UINTEGER"
                or "UBIGINT"
                => new(name, "fixed", asText, 38, 0),
            "FLOAT" or "DOUBLE" => new(name, "real", asText),
            "BOOLEAN" => new(name, "boolean", $"{column}::integer::varchar"),
            "DATE" => new(name, "date", $"datediff('day', date '1970-01-01', {column})::varchar"),
            "TIME" => new(name, "time", Seconds($"epoch_us({column})"), 0, 9),
            "TIMESTAMP" => new(name, "timestamp_ntz", Seconds($"epoch_us({column})"), 0, 9),
            "TIMESTAMP_NS" =>
                new(name, "timestamp_ntz",
                    $"(epoch_ns({column})::decimal(19,0) * 0.000000001::decimal(10,9))::varchar", 0, 9),
            "TIMESTAMP WITH TIME ZONE" =>
                new(name, "timestamp_tz", $"{Seconds($"epoch_us({column})")} || '{Offset}'", 0, 9),
            "BLOB" => new(name, "binary", $"hex({column})"),
            "VARCHAR" => new(name, "text", column),
            "JSON" => new(name, "variant", asText),
            _ when duckDbType.EndsWith(']') => new(name, "array", $"to_json({column})::varchar"),
            _ when duckDbType.StartsWith("STRUCT", StringComparison.Ordinal) =>
                new(name, "object", $"to_json({column})::varchar"),
            _ when Regex.Match(duckDbType, @"^DECIMAL\((\d+),(\d+)\)$") is { Success: true } match
                => new(name, "fixed", asText, Number(match.Groups[1]), Number(match.Groups[2])),
            _ => throw new NotSupportedException(
                $"Column {column} is of DuckDB's type {duckDbType}, for which Snowflake's is not known here."),
        };
    }

    // In decimals: a double would lose digits, and a whole division the sign of what is less than a second.
    private static string Seconds(string microseconds) =>
        $"({microseconds}::decimal(19,0) * 0.000001::decimal(10,9))::varchar";

    private static int Number(Group group) => int.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture);
}
