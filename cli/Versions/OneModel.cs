using System.CommandLine;
using Benchmark.Cli.Completion;
using Benchmark.Cli.Models;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;

namespace Benchmark.Cli.Versions;

/// <summary>The model that a command is about.</summary>
internal static class OneModel
{
    public static Argument<string> Argument() => Arguments.Names<string>(
        "model", "As value_stream/model.", ArgumentArity.ExactlyOne, KnownNames.Models);

    /// <summary>Why a person acts. A command that needs it says so itself: what only shows, needs none.</summary>
    public static Option<string> Reason() => new("--reason")
    {
        Description = "Why; recorded and told to the team.",
        HelpName = "text",
        Validators =
        {
            result =>
            {
                if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
                    result.AddError("--reason needs words.");
            },
        },
    };

    /// <summary>That a model has no such version, and which it has.</summary>
    public static string NoSuchVersion(ModelKey name, int version, IReadOnlyList<int> versions) =>
        $"{name} has no version {version} on the volume. "
        + (versions.Count == 0 ? "" : $"It has {string.Join(", ", versions)}. ") + $"See: benchmark history {name}";

    /// <exception cref="InfrastructureException">The volume is not there.</exception>
    /// <exception cref="UsageException">The registry has no model of that name.</exception>
    public static ModelDefinition Find(Invocation invocation, string name)
    {
        // Where it is not mounted, no model would have a version.
        VolumeProbe.RequireRoot(invocation.Volume);
        var found = ModelSelector.Select(RegistryFile.Read(invocation), [name]);
        return ModelSelector.IsName(name) && found is [var only] ? only : throw new UsageException(
            $"'{name}' is not one model: write value_stream/model. See: benchmark models.");
    }
}
