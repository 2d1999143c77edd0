using System.Data.Common;
using Benchmark.Contracts.Registry;
using DuckDB.NET.Data;

namespace Benchmark.Fetcher.Sources.DuckDb;

/// <summary>
/// What a query may reach beside its database: the files of its source, unless its connection says otherwise.
/// </summary>
/// <remarks>
/// DuckDB by itself reads every file and address that a query names, and downloads the extension that this takes.
/// </remarks>
internal static class DuckDbAccess
{
    private const string ExternalAccess = "enable_external_access";

    // Of one process: connections to the same file are connections to one database, whose settings they share.
    private static readonly Lock s_restricting = new();

    /// <summary>No extension is downloaded or loaded for a query.</summary>
    public static void Default(DuckDBConnectionStringBuilder builder)
    {
        builder.Default("autoinstall_known_extensions", "false");
        builder.Default("autoload_known_extensions", "false");
    }

    /// <summary>Closes the database of a connection to all but the files of its source, for good.</summary>
    /// <exception cref="SourceUnavailableException">It is open, for other files.</exception>
    public static void Restrict(DuckDBConnection connection, SourceDefinition source)
    {
        if (new DuckDBConnectionStringBuilder { ConnectionString = connection.ConnectionString }
            .ContainsKey(ExternalAccess))
            return;
        var files = source.Files.Select(file => Path.TrimEndingDirectorySeparator(Path.GetFullPath(file))).ToList();
        lock (s_restricting)
        {
            if (Value(connection, $"SELECT current_setting('{ExternalAccess}')") is not false)
                Close(connection, files);
            else if (!AllowedIn(connection).SetEquals(files))
                throw new SourceUnavailableException(
                    $"The database of the source {source} is open with other 'files' at the moment: the registry has "
                    + "changed, or another source names the same database with other 'files'. Give both the same.");
        }
    }

    /// <summary>What to do about a query that reaches for more; null when it does not.</summary>
    public static string? Hint(DbException failure) =>
        failure.Message.Contains("disabled by configuration", StringComparison.Ordinal)
            ? "Name the file, or the directory it is in, in 'files' of the source in the registry; queries read no "
                + "other file, and nothing of the network."
            : failure.Message.Contains("it exists in the", StringComparison.Ordinal)
                ? "No extension is loaded for a query; where one is installed, allow it in the source's connection: "
                    + "\"Data Source=…;enable_external_access=true;autoload_known_extensions=true\"."
                : null;

    /// <summary>Sets what a connection string does not.</summary>
    public static void Default(this DuckDBConnectionStringBuilder builder, string key, string value)
    {
        if (!builder.ContainsKey(key))
            builder[key] = value;
    }

    // A file that does not exist yet is in both lists, because what it will be is not known.
    private static void Close(DuckDBConnection connection, IReadOnlyList<string> files)
    {
        var quoted = files.Select(file => $"'{file.Replace("'", "''", StringComparison.Ordinal)}'");
        var list = $"[{string.Join(", ", quoted)}]";
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SET allowed_directories = {list};
            SET allowed_paths = {list};
            SET allowed_configs = ['memory_limit'];
            SET {ExternalAccess} = false;
            SET lock_configuration = true
            """;
        command.ExecuteNonQuery();
    }

    // DuckDB adds its temporary directory.
    private static HashSet<string> AllowedIn(DuckDBConnection connection)
    {
        var allowed = ((IEnumerable<string>)Value(connection, "SELECT current_setting('allowed_directories')")!)
            .Select(Path.TrimEndingDirectorySeparator).ToHashSet();
        var temporary = (string)Value(connection, "SELECT current_setting('temp_directory')")!;
        allowed.Remove(Path.TrimEndingDirectorySeparator(Path.GetFullPath(temporary)));
        return allowed;
    }

    private static object? Value(DuckDBConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar();
    }
}
