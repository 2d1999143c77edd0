namespace Benchmark.Deploy.Tests.Nfs;

/// <summary>One run of a scenario, which all tests of a class look at.</summary>
public abstract class Machine(string script) : IDisposable
{
    /// <summary>What a test may take that is the first to ask for the report.</summary>
    public const int Patience = 15 * 60 * 1000;

    // On a quiet machine each takes a minute and a half.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(12);

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("benchmark-nfs-");
    private Task<MachineReport>? _report;

    /// <summary>What it did and saw. The first call runs it: where the tests are skipped, nobody calls.</summary>
    internal Task<MachineReport> ReportAsync() => _report ??= UserModeLinux.RunAsync(script, _scratch, s_limit);

    public void Dispose()
    {
        _scratch.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>Publishes while others read, restart the server, or publish too.</summary>
public sealed class PublishingMachine() : Machine("publishing.sh");

/// <summary>Publishes as one user of group 0, and then as another.</summary>
public sealed class UsersMachine() : Machine("users.sh");

/// <summary>Publishes until there is no space.</summary>
public sealed class FillingMachine() : Machine("filling.sh");
