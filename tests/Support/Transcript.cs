using System.Text;

namespace Benchmark.Tests.Support;

/// <summary>
/// Scripts that a person can read: commands, a line <c>----</c>, then what is to be seen, up to a blank line; <c>#</c>
/// begins a comment. The form is that of the tests of etcd-io/raft.
/// </summary>
public static class Transcript
{
    private const string Then = "----";

    /// <summary>
    /// The scripts of a directory, given relative to the root of the repository, for <c>[MemberData]</c>.
    /// </summary>
    public static TheoryData<string> AllIn(string directory) =>
    [
        .. Directory.GetFiles(RepositoryRoot.PathOf(directory), "*.txt")
            .Select(path => $"{directory}/{Path.GetFileName(path)}").Order(StringComparer.Ordinal),
    ];

    /// <summary>Plays a script. Fails when anything else is seen than it says, and says how to accept that.</summary>
    /// <param name="script">One of <see cref="AllIn"/>.</param>
    /// <param name="act">Carries out one command.</param>
    /// <param name="look">What is to be seen after the commands of a block, a line each.</param>
    public static async Task PlayAsync(string script, Func<string, Task> act, Func<Task<IReadOnlyList<string>>> look)
    {
        var played = new StringBuilder();
        var expected = false;
        foreach (var line in RepositoryRoot.Read(script).TrimEnd().Split('\n'))
        {
            expected = expected && line.Length > 0;
            if (expected)
                continue;
            played.Append(line).Append('\n');
            if (line == Then)
            {
                expected = true;
                foreach (var seen in await look())
                    played.Append(seen).Append('\n');
            }
            else if (line.Length > 0 && line[0] != '#')
                await act(line);
        }
        Approved.Match(script, played.ToString());
    }
}
