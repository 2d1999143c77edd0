namespace Benchmark.Hosting.Broker;

/// <summary>The broker cannot be used: it refuses the connection, or lacks a queue.</summary>
/// <param name="problem">What is wrong, for a person to read; without user and password.</param>
/// <param name="nextStep">What to do about it.</param>
/// <param name="inner">The client's exception.</param>
public sealed class BrokerException(string problem, string nextStep, Exception? inner = null)
    : Exception($"{problem} {nextStep}", inner)
{
    /// <summary>What is wrong.</summary>
    public string Problem => problem;

    /// <summary>What to do about it.</summary>
    public string NextStep => nextStep;
}
