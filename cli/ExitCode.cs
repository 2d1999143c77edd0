namespace Benchmark.Cli;

/// <summary>The exit codes; scripts rely on these numbers.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Usage or configuration.</summary>
    public const int Usage = 1;

    /// <summary>Some model was rejected, failed or is missing; for <c>psi</c>: some column has moved.</summary>
    public const int SomeNotRefreshed = 2;

    /// <summary>Could not run: volume, broker, database.</summary>
    public const int Infrastructure = 3;

    public const int Cancelled = 130;
}

/// <summary>The command line asks for something that does not exist or is contradictory.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Volume, broker or database cannot be used.</summary>
internal sealed class InfrastructureException(string message, Exception? inner = null) : Exception(message, inner);
