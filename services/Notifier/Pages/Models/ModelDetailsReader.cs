using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>Reads all that is known of a model from registry, database and volume, but never its data.</summary>
internal sealed class ModelDetailsReader(IRegistry registry, VolumeLayout volume, RunStore runs, TimeProvider time)
{
    // Two years of a monthly model that keeps them; by default it keeps 12.
    private const int MaxVersions = 24;
    private const int MaxRefreshes = 12;

    /// <summary>The model; null when the registry has none of that name.</summary>
    /// <exception cref="RegistryException">No valid registry has been read yet.</exception>
    public async Task<ModelDetails?> ReadAsync(string valueStream, string model, CancellationToken ct)
    {
        var current = registry.Current;
        if (current.Find(valueStream, model) is not { } definition)
            return null;
        var problems = new List<string>();
        var served = Reading(problems, definition, () => Served(definition));
        var files = Reading(problems, definition, () => ModelFiles.Read(volume.Model(definition.Name), MaxVersions));
        problems.AddRange(files?.Problems ?? []);
        var moments = files?.Moments ?? [];
        var columns = ColumnHistory.Of(moments, definition);
        return new ModelDetails
        {
            Status = served is null
                ? ModelStatus.Unknown(definition, time.GetUtcNow())
                : ModelStatus.Of(definition, served, volume, time.GetUtcNow()),
            Problems = problems,
            Owner = definition.Owner,
            Schedule = definition.Schedule,
            TimeZone = definition.TimeZone,
            Source = definition.Source,
            Told = ToldOf.Of(definition.Notify),
            RegistrySha256 = current.Sha256,
            Served = served is null ? null : FactsOf(served),
            Versions = [.. VersionEntry.Of(files?.Versions ?? [])
                .Select(version => version with { HasReport = HasReport(version.RunId) })],
            Moments = [.. moments.Select(ModelMoment.Of)],
            Columns = columns,
            Bins = Reading(problems, definition, () => WorstBins.Read(volume.Model(definition.Name), moments, columns))
                ?? [],
            Checks = moments is [.., var newest] ? newest.Checks : [],
            Refreshes = await runs.OfModelAsync(definition.Name, MaxRefreshes, ct),
        };
    }

    private Manifest? Served(ModelDefinition model)
    {
        // Every run writes its registry there; without it, the model would seem never published.
        if (!Posix.IsDirectory(volume.Bookkeeping))
            throw new DirectoryNotFoundException(
                $"{volume.Bookkeeping} does not exist: the volume is not mounted, or no run was ever started on it.");
        return VolumeJson.ReadIfThere<Manifest>(volume.Model(model.Name).Manifest);
    }

    private bool HasReport(Guid runId) => Posix.Exists(volume.Report(runId));

    private static ServedFacts FactsOf(Manifest manifest) => new()
    {
        Bytes = manifest.Bytes,
        Columns = manifest.Columns.Count,
        Sha256 = manifest.Sha256,
        Source = manifest.Source,
        RegistrySha256 = manifest.RegistrySha256,
        RunId = manifest.RunId,
    };

    // What can be read is shown, and what cannot is said.
    private static T? Reading<T>(List<string> problems, ModelDefinition model, Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InvalidDataException damaged)
        {
            problems.Add($"{damaged.Message} The next refresh of {model.Name} makes a new one.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(unreadable.Message);
        }
        return null;
    }
}
