using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Demo;

/// <summary>The demo's directory: warehouse, registry, volume and state.</summary>
internal sealed class DemoFolder(string directory)
{
    public string Directory { get; } = Path.GetFullPath(directory);

    public string Registry => Path.Combine(Directory, "models.yaml");

    public string Volume => Path.Combine(Directory, "efs");

    public string State => Path.Combine(Directory, "state");

    private string Warehouse => Path.Combine(Directory, "warehouse.duckdb");

    /// <summary>
    /// Makes folder and registry where they are missing, and fills the warehouse with the next month.
    /// </summary>
    /// <returns>The month, from 1.</returns>
    public int PrepareNextMonth()
    {
        System.IO.Directory.CreateDirectory(Volume);
        if (!Posix.Exists(Registry))
            File.WriteAllText(Registry, SampleRegistry());
        return new DemoWarehouse(Warehouse).FillNextMonth();
    }

    private string SampleRegistry()
    {
        using var resource = typeof(DemoFolder).Assembly.GetManifestResourceStream("models.yaml")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().Replace("{warehouse}", Warehouse, StringComparison.Ordinal);
    }
}
