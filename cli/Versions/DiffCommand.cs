using System.CommandLine;
using Benchmark.Cli.Stability.Files;
using Benchmark.Cli.Versions.Differences;

namespace Benchmark.Cli.Versions;

/// <summary><c>benchmark diff</c>: how two versions of a model differ, or rejected data, or a file.</summary>
internal static class DiffCommand
{
    private const string Allowed = "A version's number, 'served', 'rejected:RUN', or a CSV or Parquet file.";

    private static readonly Argument<string> s_model = OneModel.Argument();

    private static readonly Argument<string> s_first =
        Arguments.Names<string>("first", Allowed, ArgumentArity.ExactlyOne);

    private static readonly Argument<string> s_second =
        Arguments.Names<string>("second", "The same, to compare with it.", ArgumentArity.ExactlyOne);

    private static readonly Option<string[]> s_key = new("--key")
    {
        Description = "A column that names a row, instead of the model's key; several together if given several times.",
        HelpName = "column",
    };

    private static readonly Option<bool> s_showValues = new("--show-values")
    {
        Description = "Show the values of the sampled rows that changed. They may be a customer's.",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "diff", "Show how two versions differ: columns, rows by key, statistics, and PSI / CSI with its direction.")
        {
            s_model, s_first, s_second, s_key, s_showValues,
        };
        command.SetAction((parsed, ct) => Task.FromResult(Run(new Invocation(parsed, terminal), ct)));
        return command;
    }

    private static int Run(Invocation invocation, CancellationToken ct)
    {
        var model = OneModel.Find(invocation, invocation.Value(s_model)!);
        var paths = invocation.Volume.Model(model.Name);
        using var copies = new WorkingCopies();
        var first = DiffSide.Of(invocation.Value(s_first)!, model.Name, paths, copies, ct);
        var second = DiffSide.Of(invocation.Value(s_second)!, model.Name, paths, copies, ct);
        var asked = invocation.Value(s_key) ?? [];
        foreach (var side in new[] { first, second })
        {
            if (asked.Except(side.Columns).ToList() is { Count: > 0 } unknown)
                throw new UsageException(
                    $"--key {string.Join(", ", unknown)}: {side.Name} has no such column. Its columns are "
                    + $"{string.Join(", ", side.Columns)}.");
        }
        string[] key = asked.Length > 0 ? asked : [.. model.Key];
        if (key.Except(first.Columns.Intersect(second.Columns)).Any())
            key = [];
        var difference = Difference.Of(first, second, model, key, invocation.Value(s_showValues), ct);
        new DifferenceView(difference, model.Name).Show(invocation);
        return ExitCode.Done;
    }
}
