using System.CommandLine.Completions;
using System.Data.Common;
using Benchmark.Cli.Runs;
using Benchmark.Contracts.Registry;

namespace Benchmark.Cli.Completion;

/// <summary>Names that a shell completes: models of the registry, and runs of the database.</summary>
internal static class KnownNames
{
    private const int Newest = 20;

    /// <summary>Value streams and models; none while the registry cannot be read.</summary>
    public static IEnumerable<CompletionItem> Models(CompletionContext context)
    {
        try
        {
            var models = RegistryFile.Read(InvocationOf(context)).Models;
            return Items(models.Select(model => model.ValueStream).Distinct()
                .Concat(models.Select(model => model.Name.ToString())), context);
        }
        catch (Exception e)
            when (e is RegistryException or UsageException or IOException or UnauthorizedAccessException)
        {
            return Nothing(e);
        }
    }

    /// <summary>The ids of the newest runs; none while their database cannot be read.</summary>
    public static IEnumerable<CompletionItem> Runs(CompletionContext context)
    {
        try
        {
            // A shell waits in any case, and completion is not asynchronous.
            var runs = RunHistory.Open(InvocationOf(context)).ListAsync(Newest).GetAwaiter().GetResult();
            return Items(runs.Select(run => run.RunId.ToString()), context);
        }
        catch (Exception e) when (e is DbException or UsageException or IOException or UnauthorizedAccessException)
        {
            return Nothing(e);
        }
    }

    private static Invocation InvocationOf(CompletionContext context) => new(context.ParseResult, Terminal.OfProcess());

    private static IEnumerable<CompletionItem> Items(IEnumerable<string> names, CompletionContext context) =>
        names.Where(name => name.StartsWith(context.WordToComplete, StringComparison.Ordinal))
            .Select(name => new CompletionItem(name));

    // The scripts drop stderr, so that only who asks by hand sees why.
    private static IEnumerable<CompletionItem> Nothing(Exception reason)
    {
        Console.Error.WriteLine(reason.Message);
        return [];
    }
}
