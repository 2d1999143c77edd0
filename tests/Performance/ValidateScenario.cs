using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Performance;

/// <summary>
/// What the validation of a wide file takes, with the stored profile of the month before and for the first time, beside
/// reading and hashing the file, its fields too, and beside pandas and DuckDB doing the same checks: each a process of
/// its own, by turns.
/// </summary>
internal static class ValidateScenario
{
    private const int Size = 1_000_000;
    private const int Rounds = 3;

    public static Task<Table> MeasureAsync(IReadOnlyList<int> sizes)
    {
        var table = Contest.Table("validation");
        foreach (var rows in sizes is [] ? [Size] : sizes)
            Measure(table, rows);
        return Task.FromResult(table);
    }

    private static void Measure(Table table, int rows)
    {
        using var volume = new TempVolume();
        var database = Path.Combine(volume.Root, "warehouse.duckdb");
        WideTable.CreateDuckDb(database, rows);
        MeasuredProcess.Ourselves(OneFetch.Ours, "duckdb", $"Data Source={database}", volume.Root, "False");
        var staged = OneValidation.Staged(volume.Layout);
        var published = volume.Layout.Model("vs", "wide").Version(1);
        // More rows are there for our memory: the others would take an hour.
        var alone = rows > Size;
        var noPandas = alone ? null : Pandas.WhyNot();
        Contest first = new("first time", rows), monthly = new("stored profile", rows);

        for (var round = 0; round < (alone ? 1 : Rounds); round++)
        {
            first.Enter("ours", Ours);
            Peers(first, "");

            Publish(staged, published);
            monthly.Enter("ours", Ours);
            monthly.Enter("read and SHA-256 alone", () => MeasuredProcess.Ourselves(OneValidation.Hash, staged.Data));
            monthly.Enter("CsvHelper over every field, and SHA-256", () =>
                MeasuredProcess.Ourselves(OneValidation.Fields, staged.Data));
            Peers(monthly, published.Profile);
            Directory.Delete(published.Directory, recursive: true);
        }
        monthly.Tell(table);
        first.Tell(table);
        if (noPandas is not null)
            monthly.TellAbsent(table, "pandas", noPandas);

        void Peers(Contest contest, string profile)
        {
            if (alone)
                return;
            contest.Enter("DuckDB SQL, 2 threads", () =>
                MeasuredProcess.Ourselves(OneValidation.DuckDb, staged.Data, staged.Facts, profile));
            if (noPandas is null)
                contest.Enter("pandas", () => Pandas.Check(staged.Data, staged.Facts, profile));
        }

        MeasuredProcess Ours()
        {
            // A report that is there is a verdict that was given.
            File.Delete(staged.Report);
            return MeasuredProcess.Ourselves(OneValidation.Ours, volume.Root);
        }
    }

    // What the Validator wants to know of the month before: its profile and manifest, and not its data.
    private static void Publish(StagedPaths staged, VersionPaths version)
    {
        var facts = VolumeJson.Read<StagedFacts>(staged.Facts);
        Directory.CreateDirectory(version.Directory);
        File.Copy(staged.Profile, version.Profile);
        VolumeJson.Write(version.Manifest, new Manifest
        {
            ValueStream = "vs",
            Model = "wide",
            Version = 1,
            File = Path.GetFileName(version.Data),
            Sha256 = facts.Sha256,
            Bytes = facts.Bytes,
            Rows = facts.Rows,
            Columns = facts.Columns,
            RunId = Guid.NewGuid(),
            FetchedAt = facts.FetchedAt,
            PublishedAt = facts.FetchedAt,
            RefreshedAt = facts.FetchedAt,
            Source = facts.Source,
            RegistrySha256 = facts.RegistrySha256,
            Checks = [],
        });
    }
}
