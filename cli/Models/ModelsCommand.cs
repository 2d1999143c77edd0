using System.CommandLine;
using System.Globalization;
using Benchmark.Cli.Runs;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Spectre.Console;

namespace Benchmark.Cli.Models;

/// <summary><c>benchmark models</c>: the served versions, their age and their drift.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string[]> s_models =
        Arguments.Names<string[]>("model", "Only these, as value_stream/model.", ArgumentArity.ZeroOrMore);

    public static Command Create(Terminal terminal)
    {
        var command =
            new Command("models", "Show what is published, how old it is and how far it has drifted.") { s_models };
        command.SetAction(parsed => Run(new Invocation(parsed, terminal)));
        return command;
    }

    private static int Run(Invocation invocation)
    {
        var request = new RefreshRequest { Models = invocation.Value(s_models) ?? [] };
        var now = TimeProvider.System.GetUtcNow();
        var models = request.Select(RegistryFile.Read(invocation))
            .Select(model => Status(model, invocation, now)).ToList();

        if (invocation.Json)
            invocation.Terminal.Json(models);
        else if (invocation.Terminal.IsInteractive)
            invocation.Terminal.Out.Write(Table(models));
        else
            models.ForEach(model => invocation.Terminal.Line(Line(model)));
        return ExitCode.Done;
    }

    // One damaged manifest must not hide the other models.
    private static ModelStatus Status(ModelDefinition model, Invocation invocation, DateTimeOffset now)
    {
        try
        {
            return ModelStatus.Of(model, invocation.Volume, now);
        }
        catch (InvalidDataException e)
        {
            invocation.Terminal.Note($"{e.Message} The next refresh of {model.Name} fixes it.");
            return ModelStatus.Unknown(model);
        }
    }

    private static string Line(ModelStatus model) => model.Version is null
        ? $"{model.Name}\tnever published"
        : string.Create(CultureInfo.InvariantCulture,
            $"{model.Name}\tversion {model.Version}\t{model.Rows} rows\trefreshed {model.RefreshedAt:u}\tdue "
            + $"{model.DueAt:u}{(model.Late ? " late" : "")}\t{Format.Drift(model.WorstDrift)}\t{model.File}");

    private static Table Table(IReadOnlyList<ModelStatus> models)
    {
        var table = new Table().RoundedBorder()
            .AddColumns("model", "version", "rows", "refreshed", "due", "worst drift", "file");
        foreach (var model in models)
        {
            table.AddRow(
                Markup.Escape(model.Name.ToString()),
                model.Version?.ToString(CultureInfo.InvariantCulture) ?? "[yellow]never published[/]",
                Format.Count(model.Rows),
                Format.Moment(model.RefreshedAt),
                model.Late && model.Version is not null
                    ? $"[red]{Format.Moment(model.DueAt)} late[/]" : Format.Moment(model.DueAt),
                Format.DriftMarkup(model.WorstDrift),
                Markup.Escape(
                    model.File is null ? "" : Path.GetRelativePath(Directory.GetCurrentDirectory(), model.File)));
        }
        return table;
    }
}
