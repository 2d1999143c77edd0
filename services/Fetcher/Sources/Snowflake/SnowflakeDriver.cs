using System.Data.Common;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Benchmark.Contracts.Volume;

namespace Benchmark.Fetcher.Sources.Snowflake;

/// <summary>
/// Finds Snowflake's driver at run time, because not every package mirror has it: the one that this build was made
/// with, or files that were put beside the program.
/// </summary>
public static class SnowflakeDriver
{
    /// <summary>The environment variable that names a directory with the driver and what it needs.</summary>
    public const string Variable = "SNOWFLAKE_DRIVER";

    private const string Driver = "Snowflake.Data";
    private const string Factory = "Snowflake.Data.Client.SnowflakeDbFactory";

    private static readonly Lazy<Assembly?> s_assembly = new(Find);

    /// <summary>Version and place of the driver that is loaded; null when there is none.</summary>
    public static string? Loaded
    {
        get
        {
            try
            {
                return s_assembly.Value is { } driver
                    ? $"{Driver} {driver.GetName().Version?.ToString(3)} from "
                        + Path.GetDirectoryName(FileOf(driver))
                    : null;
            }
            catch (FetchRefusedException)
            {
                // The directory that is named has none, or one that is damaged: whoever opens a source says so.
                return null;
            }
        }
    }

    internal static DbProviderFactory Load()
    {
        // Read when the driver is first loaded: no probing of cloud metadata, no native helper.
        Environment.SetEnvironmentVariable("SNOWFLAKE_DISABLE_PLATFORM_DETECTION", "true");
        Environment.SetEnvironmentVariable("SNOWFLAKE_DISABLE_MINICORE", "true");
        var driver = s_assembly.Value;
        return (driver is null ? null : Loading(FileOf(driver), () => FactoryOf(driver)))
            ?? throw new FetchRefusedException(
            "This program has no Snowflake driver.",
            $"Build with -p:SnowflakeDriver=true where nuget.org can be reached; or put {Driver}.dll and what it needs "
            + $"into the directory snowflake/ beside the program, or into one that {Variable} names; or choose another "
            + "source for the model.");
    }

    /// <summary>Ends the sessions that the driver keeps for the next fetch.</summary>
    internal static Task EndSessionsAsync() => Task.Run(() =>
    {
        if (s_assembly is { IsValueCreated: true, Value: { } driver })
            driver.GetType("Snowflake.Data.Client.SnowflakeDbConnectionPool")?.GetMethod("ClearAllPools")
                ?.Invoke(null, null);
    });

    /// <summary>What is wrong with the driver's files; null when the failure is none of theirs.</summary>
    internal static string? ProblemWithFiles(Exception failure) => failure switch
    {
        TypeInitializationException or TargetInvocationException when failure.InnerException is { } inner =>
            ProblemWithFiles(inner),
        FileNotFoundException { FileName: { } name } when NameOf(name) is { } missing =>
            $"it needs {missing}, which is not beside it",
        FileLoadException { FileName: { } name } when NameOf(name) is { } other =>
            $"it needs another version of {other}",
        BadImageFormatException or DllNotFoundException =>
            "a file of it is missing, damaged, or for another machine than this "
            + $"{RuntimeInformation.RuntimeIdentifier} ({failure.Message.Split('\n')[0].TrimEnd('.', '\r')})",
        TypeLoadException or MissingMemberException =>
            $"its files do not fit together ({failure.Message.Split('\n')[0].TrimEnd('.', '\r')})",
        _ => null,
    };

    /// <summary>What to do about its files.</summary>
    internal const string FilesHint =
        "Publish the driver anew, with every file that it needs, for this system and .NET 10 (docs/snowflake.md), put "
        + "that in its place, and restart the Fetcher.";

#pragma warning disable IL3000 // It is empty where the driver is part of a program of one file: then that is the file.
    private static string FileOf(Assembly driver) =>
        driver.Location is { Length: > 0 } file ? file : Environment.ProcessPath!;
#pragma warning restore IL3000

    private static T Loading<T>(string file, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (ProblemWithFiles(e) is { } problem)
        {
            throw new FetchRefusedException($"The Snowflake driver {file} cannot be loaded: {problem}.", FilesHint);
        }
    }

    // Only the name of an assembly has a version.
    private static string? NameOf(string assembly) =>
        assembly.Split(", Version=") is [var name, _] ? name : null;

    private static DbProviderFactory? FactoryOf(Assembly driver)
    {
        SwitchOffItsLog(driver);
        return driver.GetType(Factory)?.GetField("Instance")?.GetValue(null) as DbProviderFactory;
    }

    // A file sf_client_config.json, beside the program or in the home directory, makes the driver log, perhaps to
    // standard output; and if it is malformed, or belongs to somebody else, no connection can be opened. It is looked
    // for once, and here it has been. Without these internals, what is wrong with the file is named by its own failure.
    private static void SwitchOffItsLog(Assembly driver)
    {
        const BindingFlags hidden = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance
            | BindingFlags.Static;
        var starter = driver.GetType("Snowflake.Data.Core.EasyLoggingStarter")?.GetField("Instance", hidden)
            ?.GetValue(null);
        var done = driver.GetType("Snowflake.Data.Core.EasyLoggingInitTrialParameters")
            ?.GetConstructor(hidden, [typeof(string)])?.Invoke([""]);
        starter?.GetType().GetField("_initTrialParameters", hidden)?.SetValue(starter, done);
    }

    private static Assembly? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return In(named) ?? throw new FetchRefusedException(
                $"{Variable} names {Path.GetFullPath(named)}, which has no {Driver}.dll.",
                "Put the driver there, with every file that it needs, or unset the variable; then restart the "
                + "Fetcher.");
        return Type.GetType($"{Factory}, {Driver}", throwOnError: false)?.Assembly
            ?? In(Path.Combine(AppContext.BaseDirectory, "snowflake")) ?? In(AppContext.BaseDirectory);
    }

    private static Assembly? In(string directory)
    {
        var file = Path.GetFullPath(Path.Combine(directory, $"{Driver}.dll"));
        return Posix.IsFile(file)
            ? Loading(file, () => new DriverFiles(file).LoadFromAssemblyPath(file)) : null;
    }

    // The driver's own versions of what it needs come before those of the program, and only the driver sees them. All
    // that both know are the types of .NET itself.
    private sealed class DriverFiles(string driver) : AssemblyLoadContext(Driver)
    {
        private readonly AssemblyDependencyResolver _resolver = new(driver);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var beside = Path.Combine(Path.GetDirectoryName(driver)!, $"{assemblyName.Name}.dll");
            var path = _resolver.ResolveAssemblyToPath(assemblyName) ?? (Posix.IsFile(beside) ? beside : null);
            return path is null ? null : LoadFromAssemblyPath(path);
        }

        protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
            _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path
                ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
    }
}
