using System.Text.RegularExpressions;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Init;

/// <summary>Names the models of a draft.</summary>
internal static partial class ModelName
{
    /// <summary>The name of a model: the one that was asked for, else that of its table or file.</summary>
    /// <exception cref="UsageException">It is no name of a model.</exception>
    public static ModelKey Of(InitRequest request, string from, DataFile? file)
    {
        var stream = request.ValueStream;
        // Of RISK.MODEL_X: model_x.
        var model = request.Model ?? Safe(file?.Name ?? from.Split('.')[^1].Trim('"'));
        if (request.Model is null && !SafeName.IsValid(model))
            throw new UsageException($"{from} gives no name for a model. Name it with --model.");
        foreach (var (option, name) in new[] { ("--value-stream", stream), ("--model", model) })
        {
            if (!SafeName.IsValid(name))
                throw new UsageException($"{option}: '{name}' is not a name ({SafeName.Pattern}).");
        }
        if (model is VolumeLayout.SharedData or VolumeLayout.Common)
            throw new UsageException(
                $"No model may be named '{model}', which is what the models of a value stream share. Name it with "
                + "--model, and in the draft move it under 'common' if it is the shared dataset.");
        return new ModelKey { ValueStream = stream, Model = model };
    }

    private static string Safe(string name) => Unsafe().Replace(name.ToLowerInvariant(), "_").Trim('_', '-');

    [GeneratedRegex("[^a-z0-9_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();
}
