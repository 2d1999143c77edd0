using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Contracts.Tests;

public sealed class Writing_volume_json : IDisposable
{
    private readonly TempVolume _volume = new();

    private string File => Path.Combine(_volume.Root, "document.json");

    public void Dispose() => _volume.Dispose();

    [Fact]
    public void Writes_snake_case_keys_times_in_UTC_and_nothing_for_null()
    {
        VolumeJson.Write(File, new Sample
        {
            PublishedAt = new DateTimeOffset(2026, 11, 22, 18, 30, 0, 500, TimeSpan.FromHours(2)),
            Observed = double.NaN,
            Text = "größer",
        });

        System.IO.File.ReadAllText(File).Should().Be("""
            {
              "published_at": "2026-11-22T16:30:00.5Z",
              "observed": "NaN",
              "text": "größer"
            }

            """);
    }

    [Fact]
    public void Reads_what_it_wrote()
    {
        var report = new ValidationReport
        {
            Accepted = false,
            CheckedAt = new DateTimeOffset(2026, 11, 22, 18, 30, 0, TimeSpan.Zero),
            Checks =
            [
                new() { Check = CheckName.Rows, Status = CheckStatus.Fail, Observed = 12, Limit = "at least 1000",
                    Lines = [2, 3], Message = "m" },
                new() { Check = CheckName.Drift, Status = CheckStatus.Warn, Observed = double.PositiveInfinity,
                    Message = "m" },
            ],
        };

        VolumeJson.Write(File, report);
        var read = VolumeJson.Read<ValidationReport>(File);

        read.Checks[0].Observed.Should().Be((CheckValue)12d);
        read.Checks[0].Limit!.Value.ToString().Should().Be("at least 1000");
        read.Checks[1].Observed!.Value.ToString().Should().Be("Infinity");
        read.CheckedAt.Should().Be(report.CheckedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"accepted\": true}")]
    [InlineData("{\"accepted\": true, \"checks\": [{]}")]
    public void Names_the_file_that_is_no_such_document(string content)
    {
        System.IO.File.WriteAllText(File, content);

        var read = () => VolumeJson.Read<ValidationReport>(File);

        read.Should().Throw<InvalidDataException>().Which.Message.Should().StartWith(File);
    }

    private sealed record Sample
    {
        public required DateTimeOffset PublishedAt { get; init; }

        public required double Observed { get; init; }

        public string? Text { get; init; }

        public string? Absent { get; init; }
    }
}
