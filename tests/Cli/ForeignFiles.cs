using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Benchmark.Cli.Tests;

/// <summary>Files that others wrote, and the result of comparing them with <c>benchmark psi</c>.</summary>
public abstract class ForeignFiles : IDisposable
{
    private protected Workplace Place { get; } = new();

    public void Dispose() => Place.Dispose();

    private protected Task<CommandResult> PsiAsync(string reference, string current, params string[] options) =>
        Place.RunAsync(["psi", reference, current, .. options, "--json"]);

    protected string Write(string name, string header, IEnumerable<string> rows) =>
        Place.Write(name, [header, .. rows]);

    protected static IEnumerable<int> Whole(int count) => Enumerable.Range(0, count);

    private protected static List<JsonElement> Columns(CommandResult result) =>
        [.. result.Json.GetProperty("columns").EnumerateArray()];

    private protected static JsonElement Column(CommandResult result, string? name) =>
        Columns(result).Single(column => name is null || column.GetProperty("column").GetString() == name);

    protected static double PsiOf(JsonElement column) => column.GetProperty("psi").GetDouble();

    private protected static double PsiOf(CommandResult result, string? column = null) => PsiOf(Column(result, column));

    private protected static string? Band(CommandResult result, string? column = null) =>
        Column(result, column).GetProperty("band").GetString();

    private protected static JsonElement Bin(CommandResult result, string name, string? column = null) =>
        Column(result, column).GetProperty("bins").EnumerateArray()
            .Single(bin => bin.GetProperty("bin").GetString() == name);

    private protected static JsonElement Read(CommandResult result, string column) =>
        result.Json.GetProperty("reading").GetProperty("columns").EnumerateArray()
            .Single(read => read.GetProperty("column").GetString() == column);

    protected static List<string> Normal(double mean, double deviation, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, 2000)
                .Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                    * Math.Cos(2 * Math.PI * random.NextDouble()))
                .Select(normal => (mean + deviation * normal).ToString("R", CultureInfo.InvariantCulture)),
        ];
    }

    protected static void Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
