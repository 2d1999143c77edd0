using System.Reflection;

namespace Benchmark.Tests.Support;

/// <summary>
/// The tests of this class need a server, or a driver. Where it cannot be had, they are skipped, and counted so.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsAttribute : Attribute
{
    /// <summary>Why it cannot be had on this machine; null when it can.</summary>
    public abstract string? WhyNot { get; }

    /// <summary>
    /// Whether the machine could be made to have it; what a build was made without, it lacks everywhere.
    /// </summary>
    public virtual bool IsInstallable => true;

    /// <summary>
    /// Why the tests of a class can only be skipped on this machine; null when they can be run, or must: <c>.ci/run</c>
    /// says so, for which a package that could not be installed is a failure.
    /// </summary>
    public static string? WhyNotRun(Type testClass)
    {
        var skipsNothing = Environment.GetEnvironmentVariable("BENCHMARK_SKIP_NOTHING") == "1";
        return testClass.GetCustomAttributes<NeedsAttribute>()
            .Where(need => !(skipsNothing && need.IsInstallable))
            .Select(need => need.WhyNot).FirstOrDefault(why => why is not null);
    }
}

/// <inheritdoc cref="RabbitServer"/>
public sealed class NeedsRabbitMqAttribute : NeedsAttribute
{
    public override string? WhyNot => RabbitServer.WhyNot;
}

/// <inheritdoc cref="PostgresServer"/>
public sealed class NeedsPostgreSqlAttribute : NeedsAttribute
{
    public override string? WhyNot => PostgresServer.WhyNot;
}
