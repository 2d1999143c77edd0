using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;
using CsCheck;

namespace Benchmark.Contracts.Tests;

public sealed class Surviving_garbage : IDisposable
{
    private static readonly Gen<char> s_char = Gen.OneOf(
        Gen.Char["{}[]:,-?&*!|>'\"%@`#\n\t \\~<=.$\0\u0085\uFEFF"], Gen.Char['0', '9'], Gen.Char['a', 'z'], Gen.Char);

    /// <summary>A slip of the finger: a letter too many, one gone, one in place of another.</summary>
    private static readonly Gen<Func<string, string>> s_slip = Gen.Select(
        Gen.Int[0, 10_000], s_char, Gen.Int[0, 3], (at, letter, kind) =>
        (Func<string, string>)(text => text.Length == 0 ? $"{letter}" : kind switch
        {
            0 => text.Insert(at % text.Length, $"{letter}"),
            1 => text.Remove(at % text.Length, 1),
            2 => text.Remove(at % text.Length, 1).Insert(at % text.Length, $"{letter}"),
            _ => text[..(at % text.Length)],
        }));

    private readonly RegistryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Reads_or_explains_a_registry_with_slips() => Task.Run(() =>
        s_slip.Array[1, 6]
            .Select(slips => slips.Aggregate(Reading_a_registry.Sample, (text, slip) => slip(text)))
            .ForAll(ReadsOrExplains, cases: 1_000, threads: 1));

    [Fact]
    public Task Reads_or_explains_any_text() => Task.Run(() =>
        s_char.Array[0, 60].Select(letters => new string(letters)).ForAll(ReadsOrExplains, cases: 1_000, threads: 1));

    [Fact]
    public Task Reads_or_explains_any_flat_key() => Task.Run(() =>
        Gen.Select(s_char.Array[0, 12], s_char.Array[0, 40]).ForAll((id, path) =>
        {
            _folder.Environment[$"{new string(id)}_BENCHMARKING_PATH"] = $"/mnt/efs/{new string(path)}";
            Explains(() => RegistryReader.Read(_folder.PathOf("none"), _folder.Environment, RegistryFolder.VolumeRoot));
            _folder.Environment.Clear();
        }, cases: 1_000, threads: 1));

    private void ReadsOrExplains(string text) => Explains(() => _folder.Read(text));

    // Anything but a RegistryException fails the test, and the failure has the text.
    private static void Explains(Action read)
    {
        try
        {
            read();
        }
        catch (RegistryException e)
        {
            e.Problems.Should().NotBeEmpty().And.OnlyContain(p => p.Problem.Length > 0);
        }
    }
}
