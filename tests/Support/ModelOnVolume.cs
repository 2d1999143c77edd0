using System.Globalization;
using System.Text;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Data.Stability;

namespace Benchmark.Tests.Support;

/// <summary>
/// A model on a volume as the services leave it: data that was profiled and compared in frozen bins, and manifests.
/// </summary>
public sealed class ModelOnVolume(TempVolume volume, ModelDefinition model)
{
    private static readonly SourceFacts s_source =
        new() { Name = "demo", Kind = "duckdb", QuerySha256 = new string('a', 64) };

    private readonly ModelPaths _paths = volume.Layout.Model(model.Name);
    private readonly List<Manifest> _versions = [];

    /// <summary>The manifests so far, oldest first.</summary>
    public IReadOnlyList<Manifest> Versions => _versions;

    /// <summary>Publishes a version whose first line names the columns, each of a type: <c>score:number</c>.</summary>
    public Manifest Publish(DateTimeOffset at, string[] columns, IEnumerable<string> rows, Guid? runId = null)
    {
        var version = _paths.Version(_versions.Count + 1);
        Directory.CreateDirectory(version.Directory);
        Directory.CreateDirectory(volume.Layout.Bookkeeping);
        var (scan, types) = Scan(version.Data, columns, rows);
        var drift = DriftOf(scan, scanned => scanned.Against, _versions.Count);
        var manifest = new Manifest
        {
            ValueStream = model.ValueStream,
            Model = model.Model,
            Version = _versions.Count + 1,
            File = _paths.FileName,
            Sha256 = scan.Sha256,
            Bytes = scan.Bytes,
            Rows = scan.Rows,
            Columns = FactsOf(scan, types),
            RunId = runId ?? Guid.NewGuid(),
            RequestedBy = "ann@bank.example",
            FetchedAt = at,
            PublishedAt = at,
            RefreshedAt = at,
            Source = s_source,
            RegistrySha256 = new string('b', 64),
            Checks = [.. Checks(scan)],
            Drift = _versions is [] ? null : drift,
        };
        VolumeJson.Write(version.Profile, scan.Profile);
        Save(manifest);
        return manifest;
    }

    /// <summary>Rejects data that is compared with the served version.</summary>
    public void Reject(Guid runId, DateTimeOffset at, string[] columns, IEnumerable<string> rows)
    {
        var rejected = _paths.Rejected(runId);
        Directory.CreateDirectory(rejected.Directory);
        var (scan, types) = Scan(rejected.Data, columns, rows);
        VolumeJson.Write(rejected.Profile, scan.Profile);
        VolumeJson.Write(rejected.Facts, new StagedFacts
        {
            RunId = runId,
            ValueStream = model.ValueStream,
            Model = model.Model,
            Attempt = 1,
            Sha256 = scan.Sha256,
            Bytes = scan.Bytes,
            Rows = scan.Rows,
            Columns = FactsOf(scan, types),
            FetchedAt = at,
            Source = s_source,
            RegistrySha256 = new string('b', 64),
        });
        VolumeJson.Write(rejected.Report, new ValidationReport
        {
            Accepted = false,
            Checks = [.. Checks(scan)],
            Drift = DriftOf(scan, scanned => scanned.Against, _versions.Count),
            CheckedAt = at,
        });
    }

    /// <summary>Writes a manifest in place of the newest, as the one that is served too.</summary>
    public void Save(Manifest manifest)
    {
        if (_versions is [.., var newest] && newest.Version == manifest.Version)
            _versions.RemoveAt(_versions.Count - 1);
        _versions.Add(manifest);
        VolumeJson.Write(_paths.Version(manifest.Version).Manifest, manifest);
        VolumeJson.Write(_paths.Manifest, manifest with { File = _paths.ServedFile(manifest.Version) });
    }

    /// <summary>Normal scores around a mean, and a grade that depends on them.</summary>
    public static IEnumerable<string> Scores(int seed, int rows, double mean, double nulls = 0)
    {
        var random = new Random(seed);
        for (var i = 0; i < rows; i++)
        {
            var score = mean + 50 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                * Math.Cos(2 * Math.PI * random.NextDouble());
            var text = random.NextDouble() < nulls ? "" : score.ToString("0.##", CultureInfo.InvariantCulture);
            yield return $"{text},{(score > 620 ? "A" : score > 580 ? "B" : "C")}";
        }
    }

    private (CsvScan Scan, Dictionary<string, ColumnType> Types) Scan(
        string path, string[] columns, IEnumerable<string> rows)
    {
        var types = columns.Select(column => column.Split(':'))
            .ToDictionary(parts => parts[0], parts => EnumWords.Read<ColumnType>(parts[1]));
        File.WriteAllText(path, $"{string.Join(',', types.Keys)}\n{string.Concat(rows.Select(row => row + "\n"))}",
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var (before, first) = (ProfileOf(_versions.Count), ProfileOf(1));
        var scan = CsvScan.Of(
            path,
            name => new ColumnPlan
            {
                Name = name,
                Type = types[name],
                Bins = model.Drift.Bins,
                Against = before.GetValueOrDefault(name),
                Anchor = _versions.Count > 1 ? first.GetValueOrDefault(name) : null,
            },
            key: [], memory: long.MaxValue, CancellationToken.None);
        return scan.Problems is []
            ? (scan, types)
            : throw new InvalidOperationException($"{path} is not in the dialect: {scan.Problems[0]}");
    }

    private static IReadOnlyList<ColumnFacts> FactsOf(CsvScan scan, Dictionary<string, ColumnType> types) =>
        [.. scan.Profile.Columns.Select(column => new ColumnFacts
        {
            Name = column.Name,
            Type = types[column.Name],
            Nulls = column.Nulls,
        })];

    private Dictionary<string, ColumnProfile> ProfileOf(int version) => _versions.Count == 0
        ? []
        : VolumeJson.Read<Profile>(_paths.Version(version).Profile).Columns.ToDictionary(column => column.Name);

    private IEnumerable<CheckResult> Checks(CsvScan scan)
    {
        foreach (var (check, drift) in Drifts(scan, column => column.Against).Select(d => (CheckName.Drift, d))
            .Concat(Drifts(scan, column => column.Anchor).Select(d => (CheckName.CumulativeDrift, d))))
            yield return new CheckResult
            {
                Check = check,
                Column = drift.Column,
                Status = drift.Band == Band.Moved && check == CheckName.Drift ? CheckStatus.Fail
                    : drift.Band >= Band.Shifted ? CheckStatus.Warn : CheckStatus.Pass,
                Observed = drift.Psi,
                Limit = drift.Band == Band.Moved ? model.Drift.Fail : model.Drift.Warn,
                Message = FormattableString.Invariant(
                    $"Column {drift.Column}: {drift.Band.Word()}, CSI {drift.Psi:0.###} on 10 bins against version ")
                    + $"{(check == CheckName.Drift ? _versions.Count : 1)}; limit 0.25, noise 0.0123, p < 0.001.",
            };
    }

    private DriftSummary DriftOf(CsvScan scan, Func<ScannedColumn, ColumnComparison?> comparison, int against)
    {
        var columns = Drifts(scan, comparison).ToList();
        return new DriftSummary
        {
            AgainstVersion = against,
            AnchorVersion = _versions.Count > 1 ? 1 : null,
            Worst = columns.Select(column => new Contracts.WorstDrift
            {
                Column = column.Column,
                Psi = column.Psi,
                Band = column.Band,
            }).FirstOrDefault(),
            Columns = columns,
        };
    }

    // Without p-values: to draw them for many columns takes minutes.
    private IEnumerable<ColumnDrift> Drifts(CsvScan scan, Func<ScannedColumn, ColumnComparison?> comparison) =>
        scan.Columns.Select(comparison).OfType<ColumnComparison>()
            .Select(column => (column.Reference.Name, Psi: column.Psi(PsiConvention.Benchmark)))
            .Select(column => new ColumnDrift
            {
                Column = column.Name,
                Psi = column.Psi,
                Band = column.Psi >= model.Drift.Fail ? Band.Moved
                    : column.Psi >= model.Drift.Warn ? Band.Shifted : Band.Stable,
                NoiseLimit = 0.01,
            })
            .OrderByDescending(column => column.Band).ThenByDescending(column => column.Psi);
}
