using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Contracts.Tests;

public sealed class Calling_the_file_system : IDisposable
{
    private readonly TempVolume _volume = new();

    public void Dispose() => _volume.Dispose();

    [Fact]
    public void Gives_a_file_a_second_name_once()
    {
        var (first, second) = (Write("first", "one"), At("second"));

        Posix.TryLink(first, second).Should().BeTrue();

        Posix.Identity(second).Should().Be(Posix.Identity(first));
        Posix.TryLink(first, second).Should().BeFalse();
        Posix.TryLink(Write("other", "two"), second).Should().BeFalse();
        File.ReadAllText(second).Should().Be("one");
    }

    [Fact]
    public void Renames_over_a_file_while_a_reader_keeps_the_old_one()
    {
        var (target, next) = (Write("target", "old"), Write("next", "new"));
        using var reader = new StreamReader(target);

        Posix.Rename(next, target);

        reader.ReadToEnd().Should().Be("old");
        File.ReadAllText(target).Should().Be("new");
        Posix.Identity(next).Should().BeNull();
    }

    [Fact]
    public void Does_nothing_when_it_renames_a_file_onto_its_own_second_name()
    {
        var file = Write("file", "one");
        Posix.TryLink(file, At("link"));

        Posix.Rename(At("link"), file);

        Posix.Identity(At("link")).Should().NotBeNull("rename(2) of two names of one file leaves both");
    }

    [Fact]
    public void Tells_files_apart_that_hold_the_same()
    {
        var (one, other) = (Posix.Identity(Write("one", "same")), Posix.Identity(Write("other", "same")));

        one.Should().NotBe(other);
        one!.Value.Bytes.Should().Be(4);
        Posix.Identity(At("none")).Should().BeNull();
    }

    [Fact]
    public void Lets_only_one_make_a_directory()
    {
        Posix.TryCreateDirectory(At("made")).Should().BeTrue();

        Posix.TryCreateDirectory(At("made")).Should().BeFalse();
        Posix.TryCreateDirectory(Write("file", "")).Should().BeFalse();
    }

    [Fact]
    public void Lets_only_one_claim_a_directory_with_content()
    {
        var (first, second) = (DirectoryWith("first.tmp"), DirectoryWith("second.tmp"));

        Posix.TryRenameDirectory(first, At("claimed")).Should().BeTrue();

        Posix.TryRenameDirectory(second, At("claimed")).Should().BeFalse();
        File.ReadAllText(At("claimed/file")).Should().Be("first.tmp");
        Directory.Exists(second).Should().BeTrue();
    }

    [Fact]
    public void Unlinks_once()
    {
        var file = Write("file", "one");

        Posix.TryUnlink(file).Should().BeTrue();
        Posix.TryUnlink(file).Should().BeFalse();
    }

    [Fact]
    public void Flushes_a_directory()
    {
        _volume.Invoking(v => Posix.FlushDirectory(v.Root)).Should().NotThrow();
        _volume.Invoking(v => Posix.FlushDirectory(At("none"))).Should().Throw<IOException>();
    }

    [Fact]
    public void Says_what_could_not_be_done_and_why()
    {
        var rename = () => Posix.Rename(At("none"), At("target"));
        var link = () => Posix.TryLink(At("none"), At("target"));
        var create = () => Posix.TryCreateDirectory(At("none/below"));

        rename.Should().Throw<IOException>()
            .WithMessage($"Cannot rename {At("target")}: No such file or directory (errno 2).");
        link.Should().Throw<IOException>().WithMessage($"Cannot link {At("target")}: *(errno 2).");
        create.Should().Throw<IOException>().WithMessage($"Cannot create directory {At("none/below")}: *(errno 2).");
    }

    private string At(string name) => Path.Combine(_volume.Root, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    private string DirectoryWith(string name)
    {
        Directory.CreateDirectory(At(name));
        File.WriteAllText(Path.Combine(At(name), "file"), name);
        return At(name);
    }
}
