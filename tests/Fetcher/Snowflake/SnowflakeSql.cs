using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace Benchmark.Fetcher.Tests.Snowflake;

/// <summary>Snowflake's SQL in DuckDB's words, as far as a fetch writes it.</summary>
internal static class SnowflakeSql
{
    private const string Column = "(\"(?:[^\"]|\"\")*\")";

    private static readonly (string Theirs, string Ours)[] s_words =
    [
        (@"TABLE\(RESULT_SCAN\('([^']+)'\)\)", "\"$1\""),
        ($"TO_VARCHAR\\({Column}, 'YYYY-MM-DD'\\)", "strftime($1, '%Y-%m-%d')"),
        ($"TO_VARCHAR\\({Column}, 'HH24:MI:SS.FF9'\\)", "strftime(DATE '1970-01-01' + $1, '%H:%M:%S.%n')"),
        ($"TO_VARCHAR\\({Column}, 'YYYY-MM-DD\"T\"HH24:MI:SS.FF9'\\)", "strftime($1, '%Y-%m-%dT%H:%M:%S.%n')"),
        ($"TO_VARCHAR\\({Column}, 'YYYY-MM-DD\"T\"HH24:MI:SS.FF9TZH:TZM'\\)",
            "(strftime($1 AT TIME ZONE 'Asia/Kolkata', '%Y-%m-%dT%H:%M:%S.%n') || '+05:30')"),
        ($"TO_VARCHAR\\({Column}, 'BASE64'\\)", "to_base64($1)"),
        ($"TO_VARCHAR\\({Column}, 'TME'\\)", "printf('%.16e', $1)"),
        (@" AT\(TIMESTAMP => '[^']*'::TIMESTAMP_TZ\)", ""),
        (@", 'TME'\)", ")"),
        (@"TABLE\(GENERATOR\(ROWCOUNT => (\d+)\)\)", "range($1) r(i)"),
        (@"SEQ8\(\)", "i"),
        ($"FLOOR\\(DATE_PART\\('epoch_nanosecond', {Column}\\) / 1000\\)", "epoch_us($1)::HUGEINT"),
        ($"FLOOR\\(DATEDIFF\\('nanosecond', '00:00:00'::TIME, {Column}\\) / 1000\\)", "epoch_us($1)::HUGEINT"),
    ];

    public static IReadOnlyList<string> Macros { get; } =
    [
        "set TimeZone = 'UTC'",
        "create macro to_varchar(x) as x::varchar",
        "create macro to_double(x) as x::double",
        "create macro iff(a, b, c) as case when a then b else c end",
        "create macro md5_number_lower64(x) as ('0x' || substr(md5(x), 17))::ubigint::hugeint",
    ];

    /// <summary>What Snowflake says of a query that DuckDB does not run.</summary>
    public static (int Code, string State, string Message) Failure(DuckDBException e) => e.Message switch
    {
        var text when text.Contains("does not exist", StringComparison.Ordinal) =>
            (2003, "42S02", $"SQL compilation error: {text}"),
        var text when text.Contains("Overflow in HUGEINT addition", StringComparison.Ordinal)
            => (100058, "22000", "Value overflow in a SUM aggregate"),
        var text => (1003, "42000", $"SQL compilation error: {text}"),
    };

    public static string ForDuckDb(string sql) =>
        s_words.Aggregate(
            sql, (text, word) => Regex.Replace(text, word.Theirs, word.Ours, RegexOptions.CultureInvariant));
}
