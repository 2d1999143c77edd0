using System.Data.Common;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Csv;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Benchmark.Fetcher.Sources;

/// <summary>DuckDB: a database file, or <c>:memory:</c> with SQL over Parquet and CSV files.</summary>
internal sealed class DuckDbSource : SourceKind
{
    public override DbProviderFactory Factory => DuckDBClientFactory.Instance;

    public override string Prepare(SourceDefinition source, Guid runId)
    {
        var builder = new DuckDBConnectionStringBuilder { ConnectionString = source.Connection };
        if (builder.DataSource.StartsWith(':'))
            return builder.ConnectionString;
        if (!File.Exists(builder.DataSource))
            throw SourceFiles.Missing(source, builder.DataSource);
        // The driver shares one database among connections whose paths are spelt alike; two spellings of one file
        // would be two databases, which DuckDB refuses to have in one process.
        builder.DataSource = Path.GetFullPath(builder.DataSource);
        builder["ACCESS_MODE"] = "READ_ONLY";
        return builder.ConnectionString;
    }

    public override string Quote(string part) => Identifiers.DoubleQuoted(part);

    // Without it the driver keeps the whole result in memory.
    public override void Tune(DbCommand command) => ((DuckDBCommand)command).UseStreamingMode = true;

    public override Column Column(DbDataReader reader, int ordinal)
    {
        var name = reader.GetName(ordinal);
        return reader.GetDataTypeName(ordinal) switch
        {
            nameof(DuckDBType.Boolean) => new Column<BooleanCell>(name, ordinal),
            nameof(DuckDBType.TinyInt) => new Column<IntegerCell<sbyte>>(name, ordinal),
            nameof(DuckDBType.SmallInt) => new Column<Int16Cell>(name, ordinal),
            nameof(DuckDBType.Integer) => new Column<Int32Cell>(name, ordinal),
            nameof(DuckDBType.BigInt) => new Column<Int64Cell>(name, ordinal),
            nameof(DuckDBType.UnsignedTinyInt) => new Column<IntegerCell<byte>>(name, ordinal),
            nameof(DuckDBType.UnsignedSmallInt) => new Column<IntegerCell<ushort>>(name, ordinal),
            nameof(DuckDBType.UnsignedInteger) => new Column<IntegerCell<uint>>(name, ordinal),
            nameof(DuckDBType.UnsignedBigInt) => new Column<IntegerCell<ulong>>(name, ordinal),
            nameof(DuckDBType.HugeInt) or nameof(DuckDBType.UnsignedHugeInt) or nameof(DuckDBType.VarInt)
                => new Column<BigIntegerCell>(name, ordinal),
            nameof(DuckDBType.Float) => new Column<FloatCell>(name, ordinal),
            nameof(DuckDBType.Double) => new Column<DoubleCell>(name, ordinal),
            nameof(DuckDBType.Decimal) => new Column<ExactDecimalCell>(name, ordinal),
            nameof(DuckDBType.Date) => new Column<DateCell>(name, ordinal),
            nameof(DuckDBType.Time) => new Column<TimeCell>(name, ordinal),
            nameof(DuckDBType.Timestamp) or nameof(DuckDBType.TimestampS) or nameof(DuckDBType.TimestampMs)
                => new Column<TimestampCell>(name, ordinal),
            nameof(DuckDBType.TimestampTz) => new Column<UtcTimestampCell>(name, ordinal),
            nameof(DuckDBType.TimestampNs) => throw Nanoseconds(name),
            nameof(DuckDBType.Varchar) or nameof(DuckDBType.Enum) or nameof(DuckDBType.Bit)
                => new Column<TextCell>(name, ordinal),
            nameof(DuckDBType.Uuid) => new Column<UuidCell>(name, ordinal),
            nameof(DuckDBType.Blob) => new Column<BlobCell>(name, ordinal),
            var other => throw Unsupported(reader, ordinal, other.ToUpperInvariant()),
        };
    }

    // Errors before execution carry no type, only this prefix in the message.
    public override FailureClass Classify(Exception failure)
    {
        var message = failure.Message.Replace("DuckDBOpen failed: ", "", StringComparison.Ordinal);
        if (message.Contains("No files found", StringComparison.Ordinal)
            || message.Contains("not a valid DuckDB database", StringComparison.Ordinal))
            return FailureClass.Permanent;
        string[] ofTheMachine = ["IO Error", "HTTP Error", "Connection Error", "Out of Memory Error", "FATAL Error", "INTERNAL Error"];
        return ofTheMachine.Any(prefix => message.StartsWith(prefix, StringComparison.Ordinal))
            ? FailureClass.Transient
            : FailureClass.Permanent;
    }

    private static FetchRefusedException Nanoseconds(string name) => new(
        $"Column '{name}' is of type TIMESTAMP_NS; the dialect ends at 100 nanoseconds and nothing is rounded in silence.",
        $"Say so in the query: select * replace (cast({name} as timestamp) as {name}).");

    // System.Decimal holds 28 digits, DuckDB's DECIMAL 38: taken as the whole number it is stored as.
    private readonly struct ExactDecimalCell : ICell
    {
        public static ColumnType Type => ColumnType.Decimal;

        public static void Write(DbDataReader reader, int ordinal, CsvBlock block)
        {
            var value = reader.GetFieldValue<DuckDBDecimal>(ordinal);
            block.AddScaled(new Int128((ulong)value.Value.Upper, value.Value.Lower), value.Scale);
        }
    }

    private readonly struct BlobCell : ICell
    {
        public static ColumnType Type => ColumnType.Bytes;

        public static void Write(DbDataReader reader, int ordinal, CsvBlock block)
        {
            using var stream = reader.GetStream(ordinal);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            block.AddBase64(bytes);
        }
    }
}
