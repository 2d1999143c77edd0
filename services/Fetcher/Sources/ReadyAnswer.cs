using System.Data.Common;
using System.Globalization;
using System.Numerics;

namespace Benchmark.Fetcher.Sources;

/// <summary>The query that asks a source whether it has its new data, and what its answer means.</summary>
internal static class ReadyAnswer
{
    public const string Hint = "Correct 'ready' in the registry, or what it reads.";

    private const string Form =
        "Write 'ready' as one comparison, such as select max(loaded_at) >= date_trunc('month', current_date) from "
        + "loads; a number is true unless it is 0, a text if it is 'true' or '1'.";

    /// <summary>The query as it is sent.</summary>
    /// <exception cref="FetchRefusedException">It is not one SELECT.</exception>
    public static string QueryOf(string ready, SourceKind kind)
    {
        try
        {
            return SingleSelect.Require(ready, kind.BackslashEscapes);
        }
        catch (FetchRefusedException refused)
        {
            throw new FetchRefusedException($"'ready' cannot be asked: {refused.Message}", refused.Hint);
        }
    }

    /// <summary>Reads the answer: no row and NULL mean no.</summary>
    /// <exception cref="FetchRefusedException">It is neither yes nor no.</exception>
    public static async Task<bool> ReadAsync(DbDataReader reader, CancellationToken ct)
    {
        RequireOneColumn(reader);
        return await reader.ReadAsync(ct) && !await reader.IsDBNullAsync(0, ct) && IsTrue(reader.GetValue(0));
    }

    /// <summary>Looks at the shape of an answer that has no rows.</summary>
    /// <exception cref="FetchRefusedException">It will be neither yes nor no.</exception>
    public static void Require(DbDataReader reader)
    {
        RequireOneColumn(reader);
        if (reader.GetFieldType(0) is var type && !CanBeTrue(type))
            throw Unusable($"a value of type {reader.GetDataTypeName(0)}");
    }

    private static void RequireOneColumn(DbDataReader reader)
    {
        if (reader.FieldCount != 1)
            throw Unusable($"{reader.FieldCount} columns");
    }

    // What a source without types says of a column that has no rows is an object, or bytes.
    private static bool CanBeTrue(Type type) => type == typeof(bool) || type == typeof(string)
        || type == typeof(object) || type == typeof(byte[]) || type == typeof(BigInteger) || IsNumber(type);

    private static bool IsNumber(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static bool IsTrue(object value) => value switch
    {
        bool truth => truth,
        string text => text is "1" || (bool.TryParse(text, out var truth) && truth),
        BigInteger number => !number.IsZero,
        _ when IsNumber(value.GetType()) => Convert.ToDouble(value, CultureInfo.InvariantCulture) != 0,
        _ => throw Unusable($"a value of type {value.GetType().Name}"),
    };

    private static FetchRefusedException Unusable(string what) =>
        new($"'ready' gives {what}, where one value that is true or false is asked for.", Form);
}
