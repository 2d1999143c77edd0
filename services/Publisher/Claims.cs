using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>Publishes, unless another publisher has taken the version's number.</summary>
/// <param name="result">What came of it.</param>
/// <returns>False when another has, and all must be looked at again.</returns>
internal delegate bool Attempt<T>(out T result);

/// <summary>Publishing against others, without a lock.</summary>
internal static class Claims
{
    // A lost claim means that another publisher has committed a version meanwhile. This many in a row mean that
    // something other than a version has the number.
    private const int MostLost = 100;

    /// <summary>Attempts it until the number is claimed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="attempt">One attempt.</param>
    /// <param name="onLost">Told of each that was lost.</param>
    /// <exception cref="IOException">The number is taken again and again.</exception>
    public static T UntilWon<T>(ModelPaths model, Attempt<T> attempt, Action onLost)
    {
        for (var lost = 0; lost < MostLost; lost++)
        {
            if (attempt(out var result))
                return result;
            onLost();
        }
        throw new IOException($"The next version in {model.Versions} was taken {MostLost} times in a row.");
    }
}
