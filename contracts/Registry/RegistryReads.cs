namespace Benchmark.Contracts.Registry;

/// <summary>How often the registry was loaded and refused, and what is wrong with it now; for metrics.</summary>
public sealed class RegistryReads
{
    private long _loaded;
    private long _refused;
    private volatile int _problems = -1;

    /// <summary>How often it was read and is in use.</summary>
    public long TimesLoaded => Interlocked.Read(ref _loaded);

    /// <summary>How often it was read and refused; the same problems again do not count.</summary>
    public long TimesRefused => Interlocked.Read(ref _refused);

    /// <summary>How many problems it has; null until it has been read.</summary>
    public int? Problems => _problems is var problems and >= 0 ? problems : null;

    internal void Loaded()
    {
        Interlocked.Increment(ref _loaded);
        _problems = 0;
    }

    internal void Refused(int problems)
    {
        Interlocked.Increment(ref _refused);
        _problems = problems;
    }
}
