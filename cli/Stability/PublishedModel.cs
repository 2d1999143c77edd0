using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;

namespace Benchmark.Cli.Stability;

/// <summary>A published model by the name that people type.</summary>
internal static class PublishedModel
{
    /// <summary>Where its versions are.</summary>
    /// <exception cref="UsageException">It is no name of a model.</exception>
    public static ModelPaths Paths(Invocation invocation, string name) =>
        name.Split('/') is [var valueStream, var model] && SafeName.IsValid(valueStream) && SafeName.IsValid(model)
            ? invocation.Volume.Model(valueStream, model)
            : throw new UsageException(
                $"There is no file {name}, and it is not a model, which is named value_stream/model.");

    /// <summary>That nothing of that name is published.</summary>
    public static UsageException NotPublished(Invocation invocation, string name) => new(
        $"There is no file {name}, and no published model of that name on the volume {invocation.Volume.Root}. "
        + "See: benchmark models. The volume is named with --root (BENCHMARK_ROOT).");

    /// <summary>The profile of a version.</summary>
    /// <exception cref="InfrastructureException">It is gone.</exception>
    public static Profile Profile(string name, ModelPaths paths, int version) =>
        VolumeJson.ReadIfThere<Profile>(paths.Version(version).Profile)
            ?? throw new InfrastructureException(
                $"{name} is served without its bins: {paths.Version(version).Profile} is missing. Restore it from a "
                + $"backup, or compare with the data itself: {paths.Version(version).Data}");

    /// <summary>Its definition; null where there is no registry, or the model is not in it.</summary>
    public static ModelDefinition? Definition(Invocation invocation, string name)
    {
        // A data scientist may have the volume without the registry.
        var parts = name.Split('/');
        return Posix.Exists(invocation.RegistryPath) ? RegistryFile.Read(invocation).Find(parts[0], parts[1]) : null;
    }
}
