namespace Benchmark.Performance;

/// <summary>Who does the same work on the same rows, by turns, the first of them the one to compare with.</summary>
/// <param name="work">What is done, as the table names it.</param>
/// <param name="rows">On how many rows.</param>
internal sealed class Contest(string work, int rows)
{
    private readonly Dictionary<string, List<MeasuredProcess>> _runs = [];

    /// <summary>A table that contests are told in.</summary>
    /// <param name="works">What the contests of the table have in common.</param>
    public static Table Table(string works) =>
        new($"{works}: by", "rows", "seconds", "CPU seconds", "peak MB", "our seconds ÷ its", "our CPU ÷ its",
            "our MB ÷ its");

    public void Enter(string who, Func<MeasuredProcess> run)
    {
        if (!_runs.TryGetValue(who, out var runs))
            _runs.Add(who, runs = []);
        runs.Add(run());
    }

    public void Tell(Table table)
    {
        var ours = MeasuredProcess.Median(_runs.First().Value);
        foreach (var (who, runs) in _runs)
        {
            var its = MeasuredProcess.Median(runs);
            table.Add(
                $"{work}: {who}", Performance.Table.Number(rows),
                Performance.Table.Number(its.Seconds, 2), Performance.Table.Number(its.ProcessorSeconds, 2),
                Performance.Table.Number(its.Megabytes), Performance.Table.Number(ours.Seconds / its.Seconds, 2),
                Performance.Table.Number(ours.ProcessorSeconds / its.ProcessorSeconds, 2),
                Performance.Table.Number(ours.Megabytes / its.Megabytes, 3));
        }
    }

    /// <summary>Tells why someone could not take part.</summary>
    public void TellAbsent(Table table, string who, string why) =>
        table.Add($"{work}: {who}: {why}", Performance.Table.Number(rows), "", "", "", "", "", "");
}
