using System.Globalization;
using Benchmark.Performance;

if (await OneFetch.RunAsync(args) is { } exitCode)
    return exitCode;
if (OneValidation.Run(args) is { } code)
    return code;
Dictionary<string, Func<IReadOnlyList<int>, Task<Table>>> scenarios = new()
{
    ["saga"] = SagaScenario.MeasureAsync,
    ["fetch"] = FetchScenario.MeasureAsync,
    ["validate"] = ValidateScenario.MeasureAsync,
    ["fetchers"] = FetchersScenario.MeasureAsync,
    ["pipeline"] = PipelineScenario.MeasureAsync,
    ["refresh"] = RefreshScenario.MeasureAsync,
    ["overhead"] = OverheadScenario.MeasureAsync,
    ["verdict"] = VerdictScenario.FalseAlarms,
    ["verdict-loss"] = VerdictScenario.TotalLosses,
};
if (args is not [var name, .. var sizes]
    || !scenarios.TryGetValue(name, out var measure)
    || !sizes.All(size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
{
    Console.Error.WriteLine(
        "Say what to measure, and with how many models (fetch, validate: rows; verdict: samples) if not as documented: "
        + $"{string.Join('|', scenarios.Keys)} [NUMBER…]");
    return 1;
}
var table = await measure([.. sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture))]);
Console.Write(table.ToMarkdown($"Benchmark.Performance {string.Join(' ', args)}"));
return 0;
