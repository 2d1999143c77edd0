namespace Benchmark.Cli;

/// <summary>What the process says to its caller; scripts are written against these numbers.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Usage or configuration.</summary>
    public const int Usage = 1;

    /// <summary>Some model was rejected, failed or missing; of <c>psi</c>: some column moved.</summary>
    public const int SomeNotRefreshed = 2;

    /// <summary>Could not run: volume, broker, database.</summary>
    public const int Infrastructure = 3;

    public const int Cancelled = 130;
}

/// <summary>The command was asked for something that does not exist or makes no sense.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What the command stands on is not there: volume, broker, database.</summary>
internal sealed class InfrastructureException(string message, Exception? inner = null) : Exception(message, inner);
