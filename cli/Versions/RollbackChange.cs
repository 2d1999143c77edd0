using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Versions;

/// <summary>What a rollback would change.</summary>
internal sealed record RollbackChange
{
    public required string ValueStream { get; init; }

    public required string Model { get; init; }

    /// <summary>The version that is served.</summary>
    public required int Served { get; init; }

    /// <summary>The version whose data would be served.</summary>
    public required int To { get; init; }

    /// <summary>The number that it would get, if nothing else is published before.</summary>
    public required int NewVersion { get; init; }

    public required DateTimeOffset ToPublishedAt { get; init; }

    public required long RowsServed { get; init; }

    public required long RowsTo { get; init; }

    public required IReadOnlyList<string> ColumnsAdded { get; init; }

    public required IReadOnlyList<string> ColumnsRemoved { get; init; }

    /// <summary><c>score: integer, now number</c></summary>
    public required IReadOnlyList<string> ColumnsRetyped { get; init; }

    /// <exception cref="UsageException">There is no such version, or its data is served already.</exception>
    public static RollbackChange Of(ModelKey name, ModelPaths paths, int to)
    {
        var versions = PublishedVersions.All(paths);
        if (versions is not [.., var highest])
            throw new UsageException($"{name} has no version yet on the volume. Refresh it: benchmark refresh {name}");
        if (!versions.Contains(to))
            throw new UsageException(
                $"{name} has no version {to} on the volume. There are {string.Join(", ", versions)}. "
                + $"See: benchmark history {name}");
        var served = VolumeJson.Read<Manifest>(paths.Version(highest).Manifest);
        var old = VolumeJson.Read<Manifest>(paths.Version(to).Manifest);
        if (to == highest)
            throw new UsageException($"Version {to} of {name} is served already: there is nothing to roll back.");
        if (old.Sha256 == served.Sha256)
            throw new UsageException(
                $"Version {highest} of {name}, which is served, has the same data as version {to}: there is nothing to "
                + "roll back.");
        var columns = SchemaDifference.Of(served.Columns, old.Columns);
        return new RollbackChange
        {
            ValueStream = name.ValueStream,
            Model = name.Model,
            Served = highest,
            To = to,
            NewVersion = highest + 1,
            ToPublishedAt = old.PublishedAt,
            RowsServed = served.Rows,
            RowsTo = old.Rows,
            ColumnsAdded = columns.Added,
            ColumnsRemoved = columns.Removed,
            ColumnsRetyped = columns.Retyped,
        };
    }

    public void Show(Invocation invocation)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Json(this);
            return;
        }
        var terminal = invocation.Terminal;
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{ValueStream}/{Model}: version {NewVersion} would have the data of version {To}, published "
            + $"{Format.Moment(ToPublishedAt)}, in place of version {Served}"));
        terminal.Line($"rows: {Format.Count(RowsServed)} now, {Format.Count(RowsTo)} then");
        foreach (var line in new SchemaDifference(ColumnsAdded, ColumnsRemoved, ColumnsRetyped).InWords("now", "then"))
            terminal.Line(line);
        terminal.Note($"More: benchmark diff {ValueStream}/{Model} served {To}");
    }
}
