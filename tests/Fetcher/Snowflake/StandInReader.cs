using System.Collections;
using System.Data.Common;
using System.Globalization;

namespace Benchmark.Fetcher.Tests.Snowflake;

/// <summary>
/// Rows as the driver gives them: exact as text, rounded as numbers, times in the account's own words.
/// </summary>
internal sealed class StandInReader : DbDataReader
{
    private readonly (string Name, string Type, Type Field)[] _columns;
    private readonly string _queryId;
    private int _row = -1;

    private StandInReader((string Name, string Type, Type Field)[] columns, List<string?[]> rows, string queryId) =>
        (_columns, Rows, _queryId) = (columns, rows, queryId);

    public List<string?[]> Rows { get; }

    public override int FieldCount => _columns.Length;

    public override bool HasRows => Rows.Count > 0;

    public override int Depth => 0;

    public override bool IsClosed => false;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public static StandInReader Of(DbDataReader reader, string queryId)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).Select(i =>
        {
            var (type, field) = TypeOf(reader.GetDataTypeName(i));
            return (reader.GetName(i), type, field);
        }).ToArray();
        var rows = new List<string?[]>();
        while (reader.Read())
            rows.Add([.. columns.Select((_, i) => reader.IsDBNull(i) ? null : Text(reader, i))]);
        return new StandInReader(columns, rows, queryId);
    }

    public string GetQueryId() => _queryId;

    public override bool Read() => ++_row < Rows.Count;

    public override bool NextResult() => false;

    public override string GetName(int ordinal) => _columns[ordinal].Name;

    public override int GetOrdinal(string name) => Array.FindIndex(_columns, column => column.Name == name);

    public override string GetDataTypeName(int ordinal) => _columns[ordinal].Type;

    public override Type GetFieldType(int ordinal) => _columns[ordinal].Field;

    public override bool IsDBNull(int ordinal) => Rows[_row][ordinal] is null;

    public override string GetString(int ordinal) => Rows[_row][ordinal]!;

    // A NUMBER beyond 28 digits comes back rounded, without an error.
    public override object GetValue(int ordinal) => _columns[ordinal].Type is "FIXED"
        ? Math.Round(double.Parse(GetString(ordinal), CultureInfo.InvariantCulture), 3)
        : GetString(ordinal);

    public override int GetValues(object[] values) => throw new NotSupportedException();

    public override bool GetBoolean(int ordinal) => throw new NotSupportedException();

    public override byte GetByte(int ordinal) => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override char GetChar(int ordinal) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException();

    public override decimal GetDecimal(int ordinal) =>
        Convert.ToDecimal(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override double GetDouble(int ordinal) => double.Parse(GetString(ordinal), CultureInfo.InvariantCulture);

    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);

    public override Guid GetGuid(int ordinal) => Guid.Parse(GetString(ordinal));

    public override short GetInt16(int ordinal) => (short)GetDouble(ordinal);

    public override int GetInt32(int ordinal) => (int)GetDouble(ordinal);

    public override long GetInt64(int ordinal) => (long)GetDouble(ordinal);

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();

    private static string Text(DbDataReader reader, int ordinal) => reader.GetDataTypeName(ordinal) is "Decimal"
        ? reader.GetFieldValue<DuckDB.NET.Native.DuckDBDecimal>(ordinal).ToString()!
        : Convert.ToString(reader.GetValue(ordinal), CultureInfo.InvariantCulture)!;

    private static (string Type, Type Field) TypeOf(string duckDb) => duckDb switch
    {
        "Integer" or "BigInt" => ("FIXED", typeof(long)),
        "Decimal" or "HugeInt" => ("FIXED", typeof(decimal)),
        "Double" => ("REAL", typeof(double)),
        "Boolean" => ("BOOLEAN", typeof(bool)),
        "Date" => ("DATE", typeof(DateTime)),
        "Time" => ("TIME", typeof(DateTime)),
        "Timestamp" or "TimestampNs" => ("TIMESTAMP_NTZ", typeof(DateTime)),
        "TimestampTz" => ("TIMESTAMP_TZ", typeof(DateTimeOffset)),
        "Blob" => ("BINARY", typeof(byte[])),
        "List" => ("ARRAY", typeof(string)),
        "Struct" => ("OBJECT", typeof(string)),
        _ => ("TEXT", typeof(string)),
    };
}
