using System.IO.Compression;
using System.Text;

namespace Benchmark.Cli.Tests;

/// <summary>Files and options that <c>psi</c> refuses, and what it leaves behind: nothing.</summary>
public sealed class Refusing_what_cannot_be_read : ForeignFiles
{
    [Fact]
    public async Task Leaves_no_copy_behind()
    {
        var temporary = Directory.CreateDirectory(Place.InDirectory("tmp")).FullName;
        var environment = new Dictionary<string, string> { ["TMPDIR"] = temporary };
        var good = Write("a.csv", "x", Whole(10).Select(i => $"{i}"));
        var bad = Write("b.csv", "x,x", ["1,2"]);

        var done = await Place.Start(environment, "psi", good, good).ExitAsync();
        var refused = await Place.Start(environment, "psi", good, bad).ExitAsync();

        new[] { done, refused }.Should().Equal(0, 1);
        Directory.GetDirectories(temporary, "benchmark-psi-*").Should().BeEmpty();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Leaves_no_copy_behind_when_it_is_stopped(string signal)
    {
        var large = Place.InDirectory("large.csv");
        Query($"copy (select range as x, md5(range::varchar) as y from range(3000000)) to '{large}'");
        var temporary = Directory.CreateDirectory(Place.InDirectory("tmp")).FullName;
        var psi = Place.Start(new Dictionary<string, string> { ["TMPDIR"] = temporary }, "psi", large, large);
        await Workplace.UntilAsync(
            psi, () => Directory.GetFiles(temporary, "*.csv", SearchOption.AllDirectories).Length > 0);

        var exitCode = await psi.EndAsync(signal);

        exitCode.Should().Be(130);
        Directory.GetFileSystemEntries(temporary, "benchmark-psi-*").Should().BeEmpty();
    }

    [Theory]
    [InlineData("--delimiter", "ab", "one character, or the word tab")]
    [InlineData("--decimal", "x", ". or ,")]
    [InlineData("--encoding", "klingon", "latin-1")]
    [InlineData("--date-format", "dd.mm.yyyy", "%d.%m.%Y")]
    [InlineData("--type", "x=decimal", "column=type")]
    [InlineData("--type", "z=number", "Columns are x.")]
    [InlineData("--bins", "1", "2 to 1000, or equal-width")]
    [InlineData("--zero", "1", "above 0 and below 1")]
    public async Task Names_what_an_option_allows(string option, string value, string allowed)
    {
        var file = Write("a.csv", "x", ["1", "2"]);

        var result = await PsiAsync(file, file, option, value);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(allowed);
    }

    [Fact]
    public async Task Refuses_a_gzip_file_that_was_cut_off()
    {
        var reference = Write("a.csv", "x", Whole(100_000).Select(i => $"{i}"));
        var zipped = Place.InDirectory("b.csv.gz");
        using (var stream = new GZipStream(File.Create(zipped), CompressionLevel.Fastest))
            stream.Write(File.ReadAllBytes(reference));
        var bytes = File.ReadAllBytes(zipped);
        File.WriteAllBytes(zipped, bytes[..(bytes.Length / 2)]);

        var result = await PsiAsync(reference, zipped);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("b.csv.gz is broken: ");
    }

    [Fact]
    public async Task Refuses_an_encoding_that_is_not_supported()
    {
        var file = Write("a.csv", "x", Whole(100).Select(i => $"{i}"));

        var result = await PsiAsync(file, file, "--encoding", "utf-7");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("--encoding utf-7: allowed is latin-1");
    }

    [Fact]
    public async Task Works_in_a_temporary_directory_of_any_name()
    {
        var file = Write("a.csv", "x", Whole(100).Select(i => $"{i}"));
        var odd = Directory.CreateDirectory(Place.InDirectory("it's; odd")).FullName;

        var exitCode = await Place.Start(new Dictionary<string, string> { ["TMPDIR"] = odd }, "psi", file, file)
            .ExitAsync();

        exitCode.Should().Be(0);
        Directory.GetDirectories(odd, "benchmark-psi-*").Should().BeEmpty();
    }

    [Fact]
    public async Task Refuses_a_first_row_that_does_not_end()
    {
        var file = Write("a.csv", string.Join(',', Whole(200_000).Select(i => $"column_{i}")), []);

        var result = await PsiAsync(file, file);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("the first row is longer than 1 MiB");
    }

    [Fact]
    public async Task Says_that_a_file_is_not_in_the_UTF_8_that_it_was_said_to_be_in()
    {
        var file = Place.InDirectory("a.csv");
        File.WriteAllText(file, "x\né\nè\n", Encoding.Latin1);

        var result = await PsiAsync(file, file, "--encoding", "utf-8");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("is not UTF-8 (line 2)");
    }

    [Fact]
    public async Task Refuses_a_pipe()
    {
        var file = Write("a.csv", "x", ["1", "2"]);
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
        pipe.Write("x\n1\n"u8);

        var result = await PsiAsync(file, $"/dev/fd/{pipe.GetClientHandleAsString()}");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("is no regular file");
    }

    [Fact]
    public async Task Refuses_columns_that_differ_only_in_case()
    {
        var file = Write("a.csv", "age,Age", ["1,2", "3,4"]);

        var result = await PsiAsync(file, file);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("columns age and Age of the header differ only in case. Rename one.");
    }
}
