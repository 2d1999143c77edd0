using System.CommandLine;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using Microsoft.Extensions.Configuration;

namespace Benchmark.Cli;

/// <summary>One call of a command: its arguments, its configuration and its terminal.</summary>
internal sealed class Invocation
{
    private readonly ParseResult _parsed;

    /// <exception cref="UsageException">The settings of the directory cannot be understood.</exception>
    public Invocation(ParseResult parsed, Terminal terminal)
    {
        _parsed = parsed;
        Terminal = terminal;
        var typed = GlobalOptions.Settings.ToDictionary(pair => pair.Key, pair => parsed.GetValue(pair.Value));
        Configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(SettingsFile.Read())
            .AddEnvironmentVariables()
            .AddPlainSettings([])
            .AddInMemoryCollection(typed.Where(pair => pair.Value is not null))
            .Build();
    }

    public Terminal Terminal { get; }

    /// <summary>The settings of the directory, overridden by the environment, and that by the command line.</summary>
    public IConfigurationRoot Configuration { get; }

    public bool Json => _parsed.GetValue(GlobalOptions.Json);

    public VolumeLayout Volume => new(Configuration["Volume:Root"] ?? new VolumeOptions().Root);

    public string RegistryPath => Configuration["Registry:Path"] ?? new RegistryOptions().Path;

    public string StateDirectory => Path.GetFullPath(Configuration["State:Directory"] ?? "./state");

    public bool HasBroker => !string.IsNullOrEmpty(Configuration["RabbitMq:Uri"]);

    public T? Value<T>(Option<T> option) => _parsed.GetValue(option);

    public T? Value<T>(Argument<T> argument) => _parsed.GetValue(argument);
}
