namespace Benchmark.Validator.Checks;

/// <summary>The checks, in the words of <c>checks.json</c>.</summary>
internal static class CheckName
{
    public const string Integrity = "integrity";
    public const string Type = "type";
    public const string Required = "required";
    public const string Range = "range";
    public const string Values = "values";
    public const string Key = "key";
    public const string RowRules = "row_rules";
    public const string Rows = "rows";
    public const string RowsChange = "rows_change";
    public const string Schema = "schema";
    public const string Drift = "drift";
    public const string CumulativeDrift = "cumulative_drift";
}
