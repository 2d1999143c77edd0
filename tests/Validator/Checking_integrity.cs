using System.Text;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Tests;

/// <summary>Every way a file can be broken has a defined answer that names the line and no value.</summary>
public sealed class Checking_integrity : IDisposable
{
    private readonly StagedModel _model = new() { Columns = "id:integer name:string" };

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Accepts_a_file_in_the_dialect()
    {
        var csv = "id,name\n1,\"a,b\"\n2,\"line\r\nbreak\"\n3,\"\"\n4,\n5,\"say \"\"hi\"\"\"\n6,Zoë 🦊\n";

        var report = _model.Report(_model.Stage(Encoding.UTF8.GetBytes(csv), facts => facts with { Rows = 6 }));

        report.Failed().Should().BeEmpty();
        report.Of("integrity").Status.Should().Be(CheckStatus.Pass);
    }

    [Theory]
    [InlineData("", "The file is empty, without even a header.")]
    [InlineData(
        "id,name\n1,a\n2,b", "The last row has no line feed at its end: the file may have been cut off (line 3).")]
    [InlineData("id,name\n1,a\n2,b,c\n3\n", "Rows with more or fewer fields than the header's 2: 2 (lines 3, 4).")]
    [InlineData("id,name\n1,a\n\n2,b\n", "Rows with more or fewer fields than the header's 2: 1 (line 3).")]
    [InlineData("id,id\n1,a\n", "Columns 1, 2 of the header have the same name (line 1).")]
    [InlineData("id,\n1,a\n", "Column 2 of the header has no name (line 1).")]
    [InlineData("\uFEFFid,name\n1,a\n", "The file starts with a byte order mark (line 1).")]
    [InlineData("id,name\r\n1,a\r\n", "Rows end with a carriage return instead of a line feed alone (line 1).")]
    [InlineData("id,name\n1,a\n2,b\r\n3,c\n", "Rows end with a carriage return instead of a line feed alone (line 3).")]
    [InlineData("id,name\n1,a\r2,b\n", "Rows end with a carriage return instead of a line feed alone (line 2).")]
    [InlineData(
        "id,name\n1,\"a\r\nb\"\n2,b\r\n", "Rows end with a carriage return instead of a line feed alone (line 4).")]
    [InlineData("id,name\n1,a\n2,b\0c\n", "The file has a NUL byte (line 3).")]
    [InlineData(
        "id,name\n1,\"a\n2,b\n",
        "A row cannot be read (a quote is opened and never closed); what follows it was not checked (line 2).")]
    [InlineData(
        "id,name\n1,x\n2,a\"b\n3,c\n",
        "A row cannot be read (a quote in the wrong place); what follows it was not checked (line 3).")]
    [InlineData(
        "id,name\n1,\"a\"b\n",
        "A row cannot be read (a quote in the wrong place); what follows it was not checked (line 2).")]
    public void Names_the_damage_and_its_line(string csv, string message)
    {
        var report = _model.Report(csv);

        report.Accepted.Should().BeFalse();
        report.Checks.Where(c => c.Check == CheckName.Integrity).Select(c => c.Message).Should().Contain(message);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, 3)]
    [InlineData(new byte[] { 0xC3 }, 3)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 3)]
    [InlineData(new byte[] { 0xF0, 0x9F, 0xA6 }, 3)]
    public void Finds_what_is_not_utf8(byte[] bytes, long line)
    {
        byte[] csv = [.. "id,name\n1,a\n2,"u8, .. bytes, .. "\n3,c\n"u8];

        var report = _model.Report(_model.Stage(csv));

        report.Of("integrity").Should().BeEquivalentTo(new
        {
            Status = CheckStatus.Fail,
            Message = $"The file is not valid UTF-8 (line {line}).",
            Lines = new[] { line },
        });
    }

    [Fact]
    public void Finds_a_sequence_that_the_end_of_the_file_cuts()
    {
        byte[] csv = [.. "id,name\n1,a\n2,"u8, 0xF0, 0x9F];

        var report = _model.Report(_model.Stage(csv));

        report.Checks.Where(c => c.Check == CheckName.Integrity).Select(c => c.Message)
            .Should().Contain("The file is not valid UTF-8 (line 3).");
    }

    [Fact]
    public void Reads_a_file_of_several_blocks_with_long_characters_at_every_offset()
    {
        // Longer than the reader's blocks, so that characters of one to four bytes lie across their borders.
        var names = string.Concat(Enumerable.Range(1, 60_000).Select(i => $"{i},{new string('x', i % 7)}é€🦊\n"));

        var report = _model.Report($"id,name\n{names}");

        report.Failed().Should().BeEmpty();
    }

    [Fact]
    public void Says_so_when_the_file_is_not_the_one_that_was_staged()
    {
        var csv = Encoding.UTF8.GetBytes("id,name\n1,a\n2,b\n");
        var staged = _model.Stage(csv, facts => facts with { Sha256 = new string('a', 64), Bytes = 17, Rows = 3 });

        var report = _model.Report(staged);

        report.Failed().Should().Equal("integrity", "integrity", "integrity");
        report.Checks.Select(c => c.Message).Should().Contain(
            "The file's length in bytes is 16, but staged.json says 17.",
            "The file's number of rows is 2, but staged.json says 3.");
        report.Checks[0].Limit.Should().Be((CheckValue)new string('a', 64));
    }

    [Theory]
    [InlineData("name,id\n1,a\n", "name, id")]
    [InlineData("id\n1\n", "id")]
    [InlineData("id,name,more\n1,a,b\n", "id, name, more")]
    public void Says_so_when_the_header_is_not_the_one_that_was_staged(string csv, string header)
    {
        var report = _model.Report(csv);

        report.Checks.Select(c => c.Message)
            .Should().Contain($"The file's header is {header}, but staged.json says id, name.");
    }

    [Theory]
    [InlineData("77123,secret\n77124,secret2\n")]
    [InlineData("77123,77123\n77124,secret2\n")]
    [InlineData("77123;secret\n77124;secret2\n")]
    public void Shows_no_value_where_the_header_is_missing(string csv)
    {
        var report = _model.Report(csv);

        report.Accepted.Should().BeFalse();
        string.Concat(report.Checks.Select(c => $"{c.Column}{c.Message}{c.Observed}{c.Limit}"))
            .Should().NotContainAny("secret", "77123");
    }

    [Fact]
    public void Says_so_when_the_facts_are_of_another_refresh()
    {
        var staged = _model.Stage("id,name\n1,a\n"u8.ToArray(), facts => facts with { Model = "model_y" });

        var report = _model.Report(staged);

        report.Failed().Should().Equal("integrity");
        report.Checks[0].Message.Should().StartWith("staged.json is of value_stream_1/model_y, run ");
    }

    [Fact]
    public void Stops_reading_where_a_quote_takes_in_the_file()
    {
        var report = _model.Report($"id,name\n1,a\n2,\"{new string('x', 80 << 20)}\n");

        report.Checks.Select(c => c.Message).Should().Contain(
            "A row cannot be read (longer than 64 MiB, or a quote is opened and never closed);"
            + " what follows it was not checked (line 3).");
    }

    [Fact]
    public void Checks_nothing_by_rows_when_the_rows_cannot_be_read()
    {
        var report = _model.Report("id,name\nx,a\n1,\"b\n");

        report.Checks.Select(c => c.Check).Should().Equal(CheckName.Integrity, CheckName.Schema);
    }
}
