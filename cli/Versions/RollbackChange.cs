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

    /// <summary>Whether it is on the volume; if not, somebody removed its directory.</summary>
    public required bool ServedIsThere { get; init; }

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
    /// <exception cref="InfrastructureException">A manifest is damaged or gone.</exception>
    public static RollbackChange Of(ModelKey name, ModelPaths paths, int to)
    {
        var served = ServedVersion.Of(name, paths);
        var versions = PublishedVersions.All(paths);
        if (!versions.Contains(to))
            throw new UsageException(OneModel.NoSuchVersion(name, to, versions));
        var old = ServedVersion.ManifestOf(to, name, paths);
        if (to == served.Number)
            throw new UsageException($"Version {to} of {name} is served already: there is nothing to roll back.");
        if (old.Sha256 == served.Facts.Sha256)
            throw new UsageException(
                $"Version {served.Number} of {name}, which is served, has the same data as version {to}: there is "
                + "nothing to roll back.");
        var columns = SchemaDifference.Of(served.Facts.Columns, old.Columns);
        return new RollbackChange
        {
            ValueStream = name.ValueStream,
            Model = name.Model,
            Served = served.Number,
            ServedIsThere = served.IsThere,
            To = to,
            NewVersion = served.Number + 1,
            ToPublishedAt = old.PublishedAt,
            RowsServed = served.Facts.Rows,
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
        terminal.Note(ServedIsThere
            ? $"More: benchmark diff {ValueStream}/{Model} served {To}"
            : $"Somebody removed version {Served} from the volume: it cannot be rolled back to afterwards.");
    }
}
