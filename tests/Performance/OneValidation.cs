using System.Security.Cryptography;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Tests.Support;
using Benchmark.Validator;
using CsvHelper;
using Microsoft.Extensions.Options;

namespace Benchmark.Performance;

/// <summary>What <see cref="ValidateScenario"/> measures as processes of their own that are this program.</summary>
internal static class OneValidation
{
    public const string Ours = "one-validation";
    public const string Hash = "one-hash";
    public const string Fields = "one-reading";
    public const string DuckDb = "one-duckdb-profile";

    /// <summary>Does it, when that is what the arguments ask for.</summary>
    /// <returns>The exit code; <see langword="null"/> when something else is asked for.</returns>
    public static int? Run(string[] args)
    {
        switch (args)
        {
            case [Ours, var root]:
                return Validate(new VolumeLayout(root)) ? 0 : 1;
            case [Hash, var file]:
                Read(file);
                return 0;
            case [Fields, var file]:
                ReadFields(file);
                Read(file);
                return 0;
            case [DuckDb, var file, var facts, var profile]:
                DuckDbProfile.Check(
                    file, VolumeJson.Read<StagedFacts>(facts),
                    File.Exists(profile) ? VolumeJson.Read<Profile>(profile) : null);
                return 0;
            default:
                return null;
        }
    }

    /// <summary>The refresh that waits on the volume for its validation.</summary>
    public static StagedPaths Staged(VolumeLayout volume)
    {
        var model = volume.Model("vs", "wide");
        var facts = Directory.GetFiles(model.StagingArea, "staged.json", SearchOption.AllDirectories).Single();
        var staged = VolumeJson.Read<StagedFacts>(facts);
        return model.Staging(staged.RunId, staged.Attempt);
    }

    // As the Validator does on a message, from the staged files to the report beside them; only the bus is missing.
    private static bool Validate(VolumeLayout volume)
    {
        var facts = VolumeJson.Read<StagedFacts>(Staged(volume).Facts);
        var model = Models.Named("vs", "wide") with
        {
            Key = [WideRules.Key],
            Columns = [.. facts.Columns.Select(WideRules.Of).OfType<Contracts.Registry.ColumnRule>()],
            Threshold = 0,
        };
        var message = new ModelStaged
        {
            RunId = facts.RunId,
            ValueStream = model.ValueStream,
            Model = model.Model,
            Attempt = facts.Attempt,
            Rows = facts.Rows,
            Bytes = facts.Bytes,
            FetchedAt = facts.FetchedAt,
        };
        var verdict = new Examination(
            volume, new FixedRegistry(model), Options.Create(new ValidatorOptions()), TimeProvider.System)
                .Examine(message, CancellationToken.None);
        if (verdict is Verdict.Rejected rejected)
            Console.Error.WriteLine(rejected.Announce(message).Refresh.Reason);
        return verdict is Verdict.Accepted;
    }

    private static void Read(string path)
    {
        using var file = new FileStream(
            path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[1 << 17];
        for (var read = file.Read(block); read > 0; read = file.Read(block))
            sha256.AppendData(block, 0, read);
        Console.WriteLine(Convert.ToHexStringLower(sha256.GetHashAndReset()));
    }

    // The library that the Validator reads with, and nothing done with what it finds.
    private static void ReadFields(string path)
    {
        using var rows = CsvReader.FromFile(path, new CsvReaderOptions { HasHeader = false, SkipEmptyLines = false });
        long bytes = 0;
        while (rows.Read())
        {
            for (var i = 0; i < rows.FieldCount; i++)
                bytes += rows.GetRawSpan(i).Length;
        }
        Console.WriteLine(bytes);
    }
}
