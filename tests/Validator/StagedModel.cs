using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Validator.Tests;

/// <summary>A model on a real volume: stages as the Fetcher does, publishes as the Publisher does, examines.</summary>
internal sealed class StagedModel : IDisposable
{
    private readonly TempVolume _volume = new();

    public VolumeLayout Layout => _volume.Layout;

    public ModelPaths Paths => Layout.Model(Definition.ValueStream, Definition.Model);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero));

    /// <summary>What the registry says of it; drift needs few rows here, so that tests stay small.</summary>
    public ModelDefinition Definition { get; set; } = Models.Named("value_stream_1", "model_x") with { Threshold = 0 };

    /// <summary>Names and types of the columns as the source gave them: <c>id:integer score:number</c>.</summary>
    public string Columns { get; set; } = "id:integer score:number grade:string opened:date";

    public bool Force { get; set; }

    public ValidatorOptions Options { get; } = new();

    public DriftLimits Drift { get; } = new() { Bins = 10, Warn = 0.10, Fail = 0.25 };

    /// <summary>Adds a rule for a column.</summary>
    public void Rule(ColumnRule rule)
    {
        var limited = rule with { Drift = rule.IsAsOf ? null : rule.Drift ?? Drift };
        Definition = Definition with { Columns = [.. Definition.Columns, limited] };
    }

    /// <summary>Stages rows under the header of <see cref="Columns"/>.</summary>
    public ModelStaged StageRows(IEnumerable<string> rows) =>
        Stage(string.Concat(rows.Prepend(Header).Select(row => $"{row}\n")));

    public ModelStaged Stage(string csv) => Stage(Encoding.UTF8.GetBytes(csv));

    /// <summary>Stages a file.</summary>
    /// <param name="csv">The file.</param>
    /// <param name="change">What <c>staged.json</c> says otherwise.</param>
    /// <param name="told">The file that <c>staged.json</c> tells of, when it is another.</param>
    public ModelStaged Stage(byte[] csv, Func<StagedFacts, StagedFacts>? change = null, byte[]? told = null)
    {
        told ??= csv;
        var staged = new ModelStaged
        {
            RunId = Guid.NewGuid(),
            ValueStream = Definition.ValueStream,
            Model = Definition.Model,
            Attempt = 1,
            Rows = Math.Max(0, told.AsSpan().Count((byte)'\n') - 1),
            Bytes = told.Length,
            FetchedAt = Time.GetUtcNow(),
        };
        var facts = new StagedFacts
        {
            RunId = staged.RunId,
            ValueStream = staged.ValueStream,
            Model = staged.Model,
            Attempt = staged.Attempt,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(told)),
            Bytes = staged.Bytes,
            Rows = staged.Rows,
            Columns = Definition.Declared([.. Columns.Split(' ').Select(Column)]),
            FetchedAt = Time.GetUtcNow(),
            Source = new SourceFacts { Name = "demo", Kind = "duckdb", QuerySha256 = new string('0', 64) },
            RegistrySha256 = new string('0', 64),
            Force = Force,
        };
        var files = Paths.Staging(staged.RunId, staged.Attempt);
        Directory.CreateDirectory(files.Directory);
        File.WriteAllBytes(files.Data, csv);
        VolumeJson.Write(files.Facts, change is null ? facts : change(facts));
        return staged;
    }

    /// <summary>Stages rows that readers have as some version: no document is written about them.</summary>
    public ModelStaged StageUnchanged(IEnumerable<string> rows, int version)
    {
        var staged = StageRows(rows);
        var files = Paths.Staging(staged.RunId, staged.Attempt);
        var facts = VolumeJson.Read<StagedFacts>(files.Facts);
        File.Delete(files.Facts);
        return staged with { Unchanged = new UnchangedRows { Version = version, Facts = facts } };
    }

    /// <summary>Validates rows and publishes them as the next version.</summary>
    public int Publish(IEnumerable<string> rows)
    {
        var staged = StageRows(rows);
        Examine(staged).Should().BeOfType<Verdict.Accepted>();
        return Publish(staged);
    }

    /// <summary>Stages rows that are accepted, whatever they are compared with.</summary>
    public ModelStaged StageAccepted(IEnumerable<string> rows, bool force)
    {
        Force = force;
        var staged = StageRows(rows);
        Force = false;
        Examine(staged).Should().BeOfType<Verdict.Accepted>();
        return staged;
    }

    /// <summary>Does with accepted files what the Publisher does.</summary>
    public int Publish(ModelStaged staged)
    {
        var version = (PublishedVersions.Latest(Paths) ?? 0) + 1;
        var from = Paths.Staging(staged.RunId, staged.Attempt);
        var facts = VolumeJson.Read<StagedFacts>(from.Facts);
        var to = Paths.Version(version);
        Directory.CreateDirectory(to.Directory);
        File.Move(from.Data, to.Data);
        File.Move(from.Profile, to.Profile);
        var manifest = new Manifest
        {
            ValueStream = facts.ValueStream,
            Model = facts.Model,
            Version = version,
            File = Paths.FileName,
            Sha256 = facts.Sha256,
            Bytes = facts.Bytes,
            Rows = facts.Rows,
            Columns = facts.Columns,
            RunId = facts.RunId,
            FetchedAt = facts.FetchedAt,
            PublishedAt = Time.GetUtcNow(),
            RefreshedAt = Time.GetUtcNow(),
            Source = facts.Source,
            RegistrySha256 = facts.RegistrySha256,
            Checks = VolumeJson.Read<ValidationReport>(from.Report).Checks,
        };
        VolumeJson.Write(to.Manifest, manifest);
        VolumeJson.Write(Paths.Manifest, manifest with { File = Paths.ServedFile(version) });
        Directory.Delete(from.Directory, recursive: true);
        return version;
    }

    /// <summary>Does with accepted files what the Publisher does when their data is served already.</summary>
    public void FindUnchanged(ModelStaged staged)
    {
        var served = VolumeJson.Read<Manifest>(Paths.Manifest);
        VolumeJson.Write(Paths.Manifest, served with
        {
            RefreshedAt = staged.FetchedAt!.Value,
            RefreshedRunId = staged.RunId,
        });
        FindSuperseded(staged);
    }

    /// <summary>Does with accepted files what the Publisher does when newer data is served.</summary>
    public void FindSuperseded(ModelStaged staged) =>
        Directory.Delete(Paths.Staging(staged.RunId, staged.Attempt).Directory, recursive: true);

    public Verdict Examine(ModelStaged staged) => Examine(staged, Definition);

    public Verdict Examine(ModelStaged staged, params ModelDefinition[] registry) =>
        Examine(staged, registry, Time);

    /// <summary>Examines, and meanwhile, when the file is read and nothing is written yet, something happens.</summary>
    public Verdict ExamineWhile(ModelStaged staged, Action happens) =>
        Examine(staged, [Definition], new Moment(Time, happens));

    private Verdict Examine(ModelStaged staged, ModelDefinition[] registry, TimeProvider time) =>
        new Examination(Layout, new FixedRegistry(registry), Microsoft.Extensions.Options.Options.Create(Options), time)
            .Examine(staged, CancellationToken.None);

    // An examination asks for the time before it reads the file, and again for its report.
    private sealed class Moment(TimeProvider time, Action happens) : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow()
        {
            if (++_asked == 2)
                happens();
            return time.GetUtcNow();
        }
    }

    /// <summary>Stages a file, examines it, and gives its report.</summary>
    public ValidationReport Report(string csv) => Report(Stage(csv));

    public ValidationReport ReportRows(IEnumerable<string> rows) => Report(StageRows(rows));

    public ValidationReport Report(ModelStaged staged) => Examine(staged) switch
    {
        Verdict.Accepted(var report) => report,
        Verdict.Rejected rejected => rejected.Report,
        var verdict => throw new InvalidOperationException($"No report from {verdict}."),
    };

    public void Dispose() => _volume.Dispose();

    private string Header => string.Join(',', Columns.Split(' ').Select(c => c.Split(':')[0]));

    private static ColumnFacts Column(string column) => new()
    {
        Name = column.Split(':')[0],
        Type = Enum.Parse<ColumnType>(column.Split(':')[1], ignoreCase: true),
        Nulls = 0,
    };
}

internal static class ReportExtensions
{
    /// <summary>The failed checks, as <c>check column</c>.</summary>
    public static IEnumerable<string> Failed(this ValidationReport report) => report.With(CheckStatus.Fail);

    public static IEnumerable<string> Warned(this ValidationReport report) => report.With(CheckStatus.Warn);

    /// <summary>The one result of a check.</summary>
    public static CheckResult Of(this ValidationReport report, string check, string? column = null) =>
        report.Checks.Single(c => c.Check.Word() == check && (column is null || c.Column == column));

    private static IEnumerable<string> With(this ValidationReport report, CheckStatus status) =>
        report.Checks.Where(c => c.Status == status)
            .Select(c => c.Column is null ? c.Check.Word() : $"{c.Check.Word()} {c.Column}");
}
