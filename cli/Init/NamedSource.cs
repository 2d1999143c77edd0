using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Sources;

namespace Benchmark.Cli.Init;

/// <summary>The database that a command line means: of the registry, or by its connection.</summary>
internal static class NamedSource
{
    private static readonly Dictionary<string, string> s_kindsOfFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        [".duckdb"] = "duckdb",
        [".ddb"] = "duckdb",
        [".sqlite"] = "sqlite",
        [".sqlite3"] = "sqlite",
        [".db"] = "sqlite",
    };

    /// <summary>The kind of database in a file with that name; null when it is none.</summary>
    public static string? KindOfFile(string path) => s_kindsOfFiles.GetValueOrDefault(Path.GetExtension(path));

    /// <summary>The source of that connection.</summary>
    /// <exception cref="UsageException">Its kind is not known, or it holds a secret.</exception>
    public static SourceDefinition Of(string connection, string? kind)
    {
        try
        {
            if (SourceBrowser.SecretIn(connection) is { } secret)
                throw new UsageException(
                    $"--connection: '{secret}' is a secret, which does not belong in a file. Set an environment "
                    + $"variable to it, and write {secret}=${{NAME}} in single quotes.");
            return Definition(kind ?? KindOf(connection), connection);
        }
        catch (ArgumentException)
        {
            throw new UsageException(
                "--connection is no connection string. Write Key=value pairs with ; between them.");
        }
    }

    /// <summary>The one that the registry has under a name; its only one, or that of SNOWFLAKE_CONN, without.</summary>
    /// <exception cref="UsageException">There is none, or more than one.</exception>
    /// <exception cref="RegistryException">The registry is invalid.</exception>
    public static SourceDefinition OfRegistry(Invocation invocation, string? name)
    {
        var known = All(invocation);
        if (name is not null)
            return known.GetValueOrDefault(name) ?? throw new UsageException(
                $"--source: there is no source '{name}' in {invocation.RegistryPath}. {Known(known.Keys, name)}");
        return known.Count switch
        {
            1 => known.Values.Single(),
            0 => throw new UsageException(
                "Which database? Give --connection, such as 'Host=db.bank.example;Database=risk;Username=benchmark;"
                + "Password=${RISK_PASSWORD}' or 'Data Source=warehouse.duckdb', or set SNOWFLAKE_CONN."),
            _ => throw new UsageException(
                $"Which database? {invocation.RegistryPath} has {string.Join(", ", known.Keys)}: choose with "
                + "--source."),
        };
    }

    /// <summary>The sources of the registry, or that of SNOWFLAKE_CONN; empty without either.</summary>
    /// <exception cref="RegistryException">The registry is invalid.</exception>
    public static IReadOnlyDictionary<string, SourceDefinition> All(Invocation invocation)
    {
        if (Posix.Exists(invocation.RegistryPath))
            return RegistryFile.Read(invocation).Sources;
        return Environment.GetEnvironmentVariable("SNOWFLAKE_CONN") is { Length: > 0 }
            ? new Dictionary<string, SourceDefinition>
            {
                ["snowflake"] = Definition("snowflake", "${SNOWFLAKE_CONN}"),
            }
            : new Dictionary<string, SourceDefinition>();
    }

    private static SourceDefinition Definition(string kind, string connection) =>
        SourceDefinition.Kinds.Contains(kind)
            ? new SourceDefinition { Name = kind, Kind = kind, Connection = connection }
            : throw new UsageException($"--kind: '{kind}' is none of {string.Join(", ", SourceDefinition.Kinds)}.");

    private static string KindOf(string connection)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connection };
        if (parts.ContainsKey("host") || parts.ContainsKey("server"))
            return "postgres";
        if (parts.ContainsKey("account"))
            return "snowflake";
        if (parts.TryGetValue("data source", out var file) && KindOfFile((string)file) is { } kind)
            return kind;
        throw new UsageException(
            $"--connection: which kind of database? Say --kind {string.Join(", --kind ", SourceDefinition.Kinds)}.");
    }

    private static string Known(IEnumerable<string> known, string name) =>
        Nearest.To(name, known) is [{ } meant] ? $"Did you mean {meant}?"
            : known.Any() ? $"There are {string.Join(", ", known)}." : "The registry has no sources, or is not there.";
}
