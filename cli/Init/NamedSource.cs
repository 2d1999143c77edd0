using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Sources;

namespace Benchmark.Cli.Init;

/// <summary>The database that a command line means: of the registry, or by its connection.</summary>
internal static class NamedSource
{
    /// <summary>The one that somebody asks for: by its connection, or by its name in the registry.</summary>
    /// <exception cref="UsageException">There is none, or they name two.</exception>
    /// <exception cref="RegistryException">The registry is invalid.</exception>
    /// <param name="request">What they ask for.</param>
    /// <param name="table">The table that is to be in it; null for any.</param>
    public static SourceDefinition Of(InitRequest request, string? table = null) =>
        (request.Connection, request.Source) switch
        {
            (not null, not null) => throw new UsageException("Give --connection or --source, not both."),
            ({ } connection, _) => Of(connection, request.Kind),
            (_, var name) => OfRegistry(request.Invocation, name, table),
        };

    /// <summary>The database in a file; null when there is none.</summary>
    public static SourceDefinition? OfFile(string path) =>
        Posix.IsFile(path) && Databases.KindOf(path) is { } kind
            ? Definition(kind, new DbConnectionStringBuilder { ["Data Source"] = path }.ConnectionString) : null;

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

    // Its kind must be known, and it may hold no secret.
    private static SourceDefinition Of(string connection, string? kind)
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

    // The one that the registry has under a name; its only one, or that of SNOWFLAKE_CONN, without.
    private static SourceDefinition OfRegistry(Invocation invocation, string? name, string? table)
    {
        var known = All(invocation);
        if (name is not null)
            return known.GetValueOrDefault(name) ?? throw new UsageException(
                $"--source: there is no source '{name}' in {invocation.RegistryPath}. {Known(known.Keys, name)}");
        return known.Count switch
        {
            1 => known.Values.Single(),
            0 => throw new UsageException(
                (table is null ? "" : $"{DataFile.NoSuch(table)} ")
                + "Which database? Give --connection, such as 'Host=db.bank.example;Database=risk;Username=benchmark;"
                + "Password=${RISK_PASSWORD}' or 'Data Source=warehouse.duckdb', or set SNOWFLAKE_CONN."),
            _ => throw new UsageException(
                $"Which database? {invocation.RegistryPath} has {string.Join(", ", known.Keys)}: choose with "
                + "--source."),
        };
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
        if (parts.TryGetValue("data source", out var file) && Databases.KindOf((string)file) is { } kind)
            return kind;
        throw new UsageException(
            $"--connection: which kind of database? Say --kind {string.Join(", --kind ", SourceDefinition.Kinds)}.");
    }

    private static string Known(IEnumerable<string> known, string name) =>
        Nearest.To(name, known) is [{ } meant] ? $"Did you mean {meant}?"
            : known.Any() ? $"There are {string.Join(", ", known)}." : "The registry has no sources, or is not there.";
}
