using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Stability;

namespace Benchmark.Publisher.Tests;

/// <summary>
/// Stages refreshes as Fetcher and Validator do. Every row of a file names the file, so a mix of two shows.
/// </summary>
internal static class StagedData
{
    public const string ValueStream = "value_stream_1";
    public const string Model = "model_x";

    public static readonly DateTimeOffset Fetched = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    public static ModelPaths Paths(this VolumeLayout volume) => volume.Model(ValueStream, Model);

    public static Guid Run(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public static ModelValidated Message(int run, int attempt = 1, string model = Model) => new()
    {
        RunId = Run(run),
        ValueStream = ValueStream,
        Model = model,
        Attempt = attempt,
        Warnings = 1,
    };

    /// <summary>Content number n: its rows name it, and their number follows from it.</summary>
    public static byte[] Content(int number)
    {
        var csv = new StringBuilder("row,content\n");
        for (var row = 0; row < Rows(number); row++)
            csv.Append(CultureInfo.InvariantCulture, $"{row},{number}\n");
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    public static int Rows(int content) => 10 + content % 90;

    /// <summary>The number of a content that is whole; throws when it is not.</summary>
    public static int WholeContent(byte[] csv)
    {
        var number = int.Parse(Encoding.UTF8.GetString(csv).Split('\n')[1].Split(',')[1], CultureInfo.InvariantCulture);
        csv.Should().Equal(Content(number));
        return number;
    }

    public static ModelValidated Stage(this VolumeLayout volume, int run, int? content = null,
        DateTimeOffset? fetchedAt = null, int attempt = 1, string model = Model, DateTimeOffset? volumeTime = null,
        bool force = false, CheckName? overruled = null, string? registry = null)
    {
        var message = Message(run, attempt, model);
        var data = Content(content ?? run);
        var rows = Rows(content ?? run);
        var staged = volume.Model(ValueStream, model).Staging(message.RunId, attempt);
        Directory.CreateDirectory(staged.Directory);
        File.WriteAllBytes(staged.Data, data);
        VolumeJson.Write(staged.Profile, new Profile { Rows = rows, Columns = [] });
        VolumeJson.Write(staged.Report, Report(overruled));
        VolumeJson.Write(staged.Facts, Facts(message, data, rows, fetchedAt ?? Fetched.AddMinutes(run)) with
        {
            VolumeTime = volumeTime,
            Force = force,
            RegistrySha256 = registry ?? "r1",
        });
        return message;
    }

    /// <summary>Stages rows that readers had as some version when they were checked: no document is there.</summary>
    public static ModelValidated StageUnchanged(this VolumeLayout volume, int run, int content, int version = 1,
        DateTimeOffset? fetchedAt = null)
    {
        var message = volume.Stage(run, content, fetchedAt);
        var staged = volume.Paths().Staging(message.RunId, message.Attempt);
        var facts = VolumeJson.Read<StagedFacts>(staged.Facts);
        foreach (var document in new[] { staged.Facts, staged.Profile, staged.Report })
            File.Delete(document);
        return message with { Unchanged = new UnchangedRows { Version = version, Facts = facts } };
    }

    private static ValidationReport Report(CheckName? overruled) => new()
    {
        Accepted = true,
        Checks = [
            new CheckResult { Check = CheckName.Rows, Status = CheckStatus.Warn, Observed = 11, Limit = 10,
                Message = "11 rows, 10 expected." },
            .. overruled is { } check ? [Overruled(check, "age"), Overruled(check, "score")] : (CheckResult[])[]],
        Drift = new DriftSummary
        {
            AgainstVersion = 1,
            Worst = new WorstDrift { Column = "score", Psi = 0.125, Band = Band.Shifted },
            Columns = [new ColumnDrift { Column = "score", Psi = 0.125, Band = Band.Shifted, NoiseLimit = 0.01 }],
        },
        CheckedAt = Fetched,
    };

    private static CheckResult Overruled(CheckName check, string column) => new()
    {
        Check = check,
        Column = column,
        Status = CheckStatus.Warn,
        Message = $"{column} has moved. {CheckResult.ForcedWords}",
    };

    private static StagedFacts Facts(ModelValidated message, byte[] data, int rows, DateTimeOffset fetchedAt) => new()
    {
        RunId = message.RunId,
        ValueStream = message.ValueStream,
        Model = message.Model,
        Attempt = message.Attempt,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(data)),
        Bytes = data.Length,
        Rows = rows,
        Columns =
        [
            new ColumnFacts { Name = "row", Type = ColumnType.Integer, Nulls = 0 },
            new ColumnFacts { Name = "content", Type = ColumnType.Integer, Nulls = 0 },
        ],
        FetchedAt = fetchedAt,
        Source = new SourceFacts { Name = "demo", Kind = "duckdb", QuerySha256 = "q1" },
        RegistrySha256 = "r1",
        RequestedBy = "ada",
        Reason = "monthly",
    };
}
