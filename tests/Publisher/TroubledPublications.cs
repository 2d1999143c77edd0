using System.Globalization;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

/// <summary>Publications by a process that is in trouble, and what must hold of each, whatever that is.</summary>
internal sealed class TroubledPublications(VolumeLayout volume)
{
    /// <summary>By its clock the process has so long between runs that each removes an old version, too.</summary>
    public const int DaysBetween = 8;

    private const int RunsPerTrouble = 8;

    /// <summary>Whether every kind of trouble is tried, and not a few that the seed draws.</summary>
    public static bool All { get; } = Environment.GetEnvironmentVariable("BENCHMARK_FAULTS") == "all";

    private int _run;

    /// <summary>How many there were.</summary>
    public int Count => _run - 1;

    private ModelPaths Model => volume.Paths();

    /// <summary>Some of what can be tried, in an order that the seed draws; all of it in the long form.</summary>
    public static IReadOnlyList<T> Drawn<T>(Random random, IEnumerable<T> all, int count)
    {
        var drawn = all.ToArray();
        random.Shuffle(drawn);
        return [.. drawn.Take(All ? int.MaxValue : count)];
    }

    /// <summary>Lets a process publish some runs, and then one that is not in trouble.</summary>
    /// <param name="startAsync">Starts the process; it is disposed of.</param>
    /// <param name="trouble">What its trouble is, for people.</param>
    public async Task PublishAsync(Func<Task<ChildProcess>> startAsync, string trouble)
    {
        if (_run == 0)
            new BareSwap(volume).Publish(volume.Stage(++_run));
        var first = _run + 1;
        using (var child = await startAsync())
        {
            for (var answer = ""; answer is not null && _run < first + RunsPerTrouble - 1;)
            {
                _run++;
                answer = await PublishAsync(child, trouble);
            }
        }

        // The volume is well again, and messages that were not answered come again.
        for (var run = first; run <= _run; run++)
            new BareSwap(volume).TryPublish(StagedData.Message(run), isLastAttempt: false);
        new BareSwap(volume).Publish(volume.Stage(++_run)).Version
            .Should().Be(PublishedVersions.Latest(Model), trouble);
        VolumeAudit.RequireRest(Model);
    }

    private async Task<string?> PublishAsync(ChildProcess child, string trouble)
    {
        var before = VolumeAudit.Served(Model);
        volume.Stage(_run);

        var answer = await AnswerAsync(child);

        var because = $"'{answer}' to run {_run} with {trouble}";
        var served = VolumeAudit.Served(Model);
        VolumeAudit.RequireWholeVersions(Model);
        switch (answer?.Split(' ', 3))
        {
            case ["Published", var version, var reason]:
                served.Should().Be(_run, because);
                PublishedVersions.Latest(Model).Should().Be(int.Parse(version, CultureInfo.InvariantCulture), because);
                if (reason.Length == 0)
                    ServedFile.Problem(Model).Should().BeNull(because);
                break;
            case ["Failed", ..]:
                served.Should().Be(before, because);
                break;
            case null or ["threw", ..]:
                // A kill, or nobody can tell: the message comes again.
                served.Should().BeOneOf([before, _run], because);
                break;
            default:
                throw new InvalidOperationException(because);
        }
        return answer;
    }

    // Null when it was killed, before it was told of the run or later.
    private async Task<string?> AnswerAsync(ChildProcess child)
    {
        try
        {
            await child.WriteLineAsync($"{_run}");
        }
        catch (IOException)
        {
            return null;
        }
        return await child.ReadLineAsync();
    }
}
