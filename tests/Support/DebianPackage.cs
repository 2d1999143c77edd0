namespace Benchmark.Tests.Support;

/// <summary>Programs from Debian's packages that tests run for real.</summary>
public static class DebianPackage
{
    private static readonly Lock s_installing = new();
    private static readonly HashSet<string> s_tried = [];

    /// <summary>
    /// The directory that a program of a package is in; as root, installs the package where it is missing.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not there and cannot be installed; the message says what to
    /// do.</exception>
    public static string DirectoryOf(string program, string package, params string[] candidates)
    {
        lock (s_installing)
        {
            if (Find(program, candidates) is { } found)
                return found;
            // Tried once: without a network, each try takes a while to fail.
            if (Environment.IsPrivilegedProcess && s_tried.Add(package))
            {
                // Not started as a service: a test starts its own, on its own port and directory.
                using var install = ChildProcess.Start(
                    "sh", ["-c", $"apt-get update -qq && apt-get install -y -qq {package} >/dev/null"]);
                install.ExitAsync().Wait();
            }
            return Find(program, candidates) ?? throw new InvalidOperationException(
                $"These tests run a real {program}, and it is not on this machine. Install it: apt-get install "
                + $"{package}. "
                + "Where a container engine runs: run the tests in a container, as the README says.");
        }
    }

    /// <summary>
    /// Why tests that need a program of a package can only be skipped: it is not there, it cannot be installed, and no
    /// container engine runs. Null when they can be run, here or in a container.
    /// </summary>
    public static string? WhyNot(string program, string package, params string[] candidates)
    {
        try
        {
            DirectoryOf(program, package, candidates);
            return null;
        }
        catch (InvalidOperationException missing)
        {
            return ContainerEngine.Runs ? null : missing.Message;
        }
    }

    // A candidate may hold a * for a version: the highest wins.
    private static string? Find(string program, string[] candidates) =>
        candidates
            .SelectMany(Expand)
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(directory => File.Exists(Path.Combine(directory, program)));

    private static IEnumerable<string> Expand(string candidate)
    {
        if (candidate.Split('*') is not [var before, var after])
            return [candidate];
        return Directory.Exists(before)
            ? Directory.GetDirectories(before).Select(directory => directory + after)
                .OrderDescending(StringComparer.Ordinal)
            : [];
    }
}
