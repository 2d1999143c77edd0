using System.Globalization;
using Benchmark.Cli.Stability.Files;
using Benchmark.Cli.Stability.Foreign;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Cli.Stability;

/// <summary>What data is compared with: a published model with its frozen bins, or a file.</summary>
internal sealed class PsiReference
{
    // The registry's default limits, for a reference that is not in a registry.
    private static readonly DriftLimits s_defaultLimits =
        new() { Bins = BinChoice.DefaultBins, Warn = 0.10, Fail = 0.25 };

    private readonly ModelDefinition? _model;
    private (ForeignReading Reading, Profile Profile)? _last;

    public PsiReference(string name, Profile? published, ModelDefinition? model, ImportedFile? file) =>
        (Name, Profile, _model, File) = (name, published, model, file);

    /// <summary>As it was given on the command line.</summary>
    public string Name { get; }

    /// <summary>The file; null for a published model.</summary>
    public ImportedFile? File { get; }

    /// <summary>Whether it is a published model.</summary>
    public bool IsModel => Profile is not null;

    /// <summary>The frozen bins of a published model; null for a file.</summary>
    public Profile? Profile { get; }

    /// <summary>The names of its columns.</summary>
    public IReadOnlyList<string> Columns =>
        Profile is { } profile ? [.. profile.Columns.Select(column => column.Name)] : File!.Values.Header;

    /// <summary>Remarks for the reader of the result.</summary>
    public IEnumerable<string> Remarks => Profile is { } profile ? Estimates(profile) : File!.Description.Remarks;

    /// <summary>What is said of it alone: how it was read, and <see cref="Remarks"/>.</summary>
    public IEnumerable<string> OwnRemarks =>
        File is null ? Remarks : Remarks.Prepend($"Reference {File.Description.InWords}.");

    /// <summary>Why a column is not compared; null when it is.</summary>
    public string? WhyNot(string column) =>
        _model is null ? null
        : _model.Key.Contains(column) ? $"{column} (key)"
        : Rule(column) is { IsAsOf: true } ? $"{column} (role: as_of)"
        : Rule(column) is { Drift: null } ? $"{column} (drift: off)"
        : null;

    /// <summary><c>PSI</c> or <c>CSI</c> of a column; both where no registry tells which is the score.</summary>
    public string Index(string column) => _model is null ? Format.EitherIndex : Format.Index(_model, column);

    /// <summary>The limits of a column.</summary>
    public DriftLimits Limits(string column) => Rule(column)?.Drift ?? _model?.Drift ?? s_defaultLimits;

    /// <summary>The points of the registry's scorecard, by the name of the bin; null without.</summary>
    public IReadOnlyDictionary<string, double>? Points(string column) => Rule(column)?.Bins?.Points;

    /// <summary>Whether it is a file or a pipe, and not the name of a model.</summary>
    public static bool IsFile(string name) => Posix.Exists(name) && !Posix.IsDirectory(name);

    /// <summary>Opens a file if there is one of that name, otherwise a published model.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    /// <exception cref="InfrastructureException">The published version has no profile.</exception>
    public static PsiReference Open(
        Invocation invocation, string name, ReadingOptions options, WorkingCopies copies, CancellationToken ct)
    {
        if (IsFile(name))
        {
            var file = copies.Import(name, options, ct);
            return file.Values.Rows > 0
                ? new PsiReference(name, published: null, model: null, file)
                : throw new UsageException($"{name} has no rows to compare.");
        }
        var paths = PublishedModel.Paths(invocation, name);
        if (PublishedVersions.Latest(paths) is not { } version)
            throw PublishedModel.NotPublished(invocation, name);
        var profile = PublishedModel.Profile(name, paths, version);
        return profile.Rows > 0
            ? new PsiReference(name, profile, PublishedModel.Definition(invocation, name), file: null)
            : throw new UsageException($"{name} has no rows to compare.");
    }

    /// <summary>Decides how the columns are read that both have, and compares a file.</summary>
    /// <exception cref="UsageException">A column cannot have the bins that were chosen for it.</exception>
    public PsiOutcome Compare(ImportedFile current, ReadingRules rules, BinChoice bins, CancellationToken ct)
    {
        var common = Columns.Where(current.Values.Header.Contains).ToList();
        var readings = common.Select(name => IsModel
            ? ColumnReading.Of(Profile!.Columns.First(column => column.Name == name), current.Values, rules)
            : ColumnReading.Of(name, File!.Values, current.Values, rules)).ToList();
        var (before, profile) = IsModel ? (null, Profile!) : Profiled(readings, rules, bins, ct);
        var after = new ForeignReading(current.Values, readings, rules);
        var comparison = CsvComparison.Of(profile, after, ct);
        return new PsiOutcome(this, current, profile, comparison, before, after, bins);
    }

    // Files of a directory are mostly read alike: then the reference is read once for all of them.
    private (ForeignReading Reading, Profile Profile) Profiled(
        IReadOnlyList<ColumnReading> readings, ReadingRules rules, BinChoice bins, CancellationToken ct)
    {
        if (_last is { } last && last.Reading.Columns.Count == readings.Count
            && last.Reading.Columns.Zip(readings).All(pair => pair.First.SpellsLike(pair.Second)))
            return last;
        var reading = Read();
        var profile = ProfileOf(reading, bins.Bins, bins.RulesOf, ct);
        if (bins.EqualWidth)
        {
            // The range is known once it was read.
            var edges = profile.Columns.ToDictionary(column => column.Name, BinChoice.EqualEdges);
            reading = Read();
            profile = ProfileOf(
                reading, bins.Bins, column => WithEdges(bins.RulesOf(column), edges[column.Name]), ct);
        }
        _last = (reading, profile);
        return _last.Value;

        ForeignReading Read() => new(File!.Values, readings, rules);
    }

    private static Profile ProfileOf(
        ForeignReading reading, int bins, Func<ColumnReading, BinRules?> rules, CancellationToken ct)
    {
        try
        {
            return CsvComparison.ProfileOf(reading, bins, rules, ct);
        }
        catch (UnusableBinsException e)
        {
            var column = reading.Columns.First(column => column.Name == e.Column);
            throw new UsageException(
                column.Type is ColumnType.Integer or ColumnType.Number && rules(column) is { Groups: not null }
                    ? $"{e.Message} Groups of numbers need --categorical {e.Column}." : e.Message);
        }
    }

    private static BinRules? WithEdges(BinRules? rules, IReadOnlyList<string>? edges) =>
        edges is null || rules is { Edges: not null } or { Groups: not null } ? rules
        : (rules ?? new BinRules()) with { Edges = edges };

    // A bin is bounded by two ranks, and each of them may be off.
    private static IEnumerable<string> Estimates(Profile profile) =>
        from column in profile.Columns
        where column.RankError is not null
        select string.Create(
            CultureInfo.InvariantCulture,
            $"Column {column.Name}: the benchmark's bins are from a sketch. The share of one may be off by "
            + $"{2 * column.RankError}.");

    private ColumnRule? Rule(string column) => _model?.Columns.FirstOrDefault(rule => rule.Name == column);
}
