namespace Benchmark.Tests.Support;

/// <summary>Debian's strace: the system calls of a program, and calls that fail as a file server's would.</summary>
public static class Strace
{
    /// <summary>Why tests that need it can only be skipped; null when they can be run.</summary>
    public static string? WhyNot => DebianPackage.WhyNot("strace", "strace");

    /// <summary>Starts strace.</summary>
    /// <param name="arguments">Its options, then the program and its arguments, or <c>-p</c> and a process id.</param>
    public static ChildProcess Start(params IEnumerable<string> arguments) => ChildProcess.Start(
        Path.Combine(DebianPackage.DirectoryOf("strace", "strace"), "strace"), ["-f", "-qqq", .. arguments]);
}

/// <inheritdoc cref="Strace"/>
public sealed class NeedsStraceAttribute : NeedsAttribute
{
    public override string? WhyNot => Strace.WhyNot;
}
