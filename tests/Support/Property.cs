using System.Collections.Concurrent;
using CsCheck;

namespace Benchmark.Tests.Support;

/// <summary>
/// Properties that hold for every value of a generator, tried on values that depend on <see cref="Seed"/> alone.
/// </summary>
/// <remarks>
/// CsCheck's own <c>Sample</c> takes a seed for its first value only; the others are new in each run.
/// </remarks>
public static class Property
{
    /// <summary>Tries so many values.</summary>
    /// <param name="generator">Makes the values.</param>
    /// <param name="holds">Throws when the property does not hold.</param>
    /// <param name="cases">How many values.</param>
    /// <param name="threads">At a time; as many as the machine has processors when null.</param>
    /// <exception cref="CsCheckException">It does not hold: with the smallest value that CsCheck finds.</exception>
    public static void ForAll<T>(this Gen<T> generator, Action<T> holds, int cases = 100, int? threads = null)
    {
        var failed = new ConcurrentQueue<(string Seed, Exception Reason)>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount };
        Parallel.For(0, cases, options, (number, loop) =>
        {
            try
            {
                holds(generator.Generate(Numbers(number), null, out _));
            }
            catch (Exception reason)
            {
                failed.Enqueue((Numbers(number).ToString(), reason));
                loop.Stop();
            }
        });
        if (!failed.TryDequeue(out var first))
            return;
        // Again from that value, to find a smaller one: it throws.
        generator.Sample(holds, seed: first.Seed, iter: cases, threads: 1);
        throw new CsCheckException($"It failed once and not again: {first.Reason.Message}", first.Reason);
    }

    /// <inheritdoc cref="ForAll{T}"/>
    public static void ForAll<T1, T2>(
        this Gen<(T1, T2)> generator, Action<T1, T2> holds, int cases = 100, int? threads = null) =>
        generator.ForAll(values => holds(values.Item1, values.Item2), cases, threads);

    /// <summary>Tries so many values, one after the other.</summary>
    /// <inheritdoc cref="ForAll{T}"/>
    public static async Task ForAllAsync<T>(this Gen<T> generator, Func<T, Task> holds, int cases)
    {
        for (var number = 0; number < cases; number++)
        {
            try
            {
                await holds(generator.Generate(Numbers(number), null, out _));
            }
            catch (Exception)
            {
                await generator.SampleAsync(holds, seed: Numbers(number).ToString(), iter: cases, threads: 1);
                throw;
            }
        }
    }

    // A stream for each case: what it draws does not depend on the others, nor on the thread that has it.
    private static PCG Numbers(int number) => new((uint)number, (ulong)Seed.Value);
}
