using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Tests.Support;

namespace Benchmark.Fetcher.Tests;

public sealed class Fetching_what_readers_have : IDisposable
{
    private static readonly RefreshModel s_next =
        Sources.Request with { RunId = Guid.Parse("0190a1b2-0000-7000-8000-000000000002"), Reason = "monthly" };

    private readonly TempVolume _volume = new();

    private ModelPaths Model => _volume.Layout.Model("value_stream_1", "model_x");

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task Tells_the_facts_in_the_message_and_writes_no_document()
    {
        await using var fetcher = await StartAsync();
        var served = await ServeAsync(fetcher, version: 3);

        var staged = await NextAsync(fetcher);

        var unchanged = staged.Unchanged.Should().NotBeNull().And.BeOfType<UnchangedRows>().Subject;
        unchanged.Version.Should().Be(3);
        unchanged.Facts.Should().BeEquivalentTo(new
        {
            RunId = s_next.RunId!.Value,
            Attempt = 1,
            served.Sha256,
            served.Bytes,
            served.Rows,
            served.Columns,
            Reason = "monthly",
            staged.FetchedAt,
            staged.VolumeTime,
        });
        var files = Model.Staging(s_next.RunId!.Value, 1);
        Directory.GetFiles(files.Directory).Should().Equal(files.Data);
    }

    [Fact]
    public async Task Fetches_again_once_what_was_only_told_in_a_message()
    {
        await using var fetcher = await StartAsync();
        await ServeAsync(fetcher, version: 1);
        await NextAsync(fetcher);

        await fetcher.PublishAsync(s_next);
        var second = await fetcher.NextAsync<ModelStaged>(skip: 2);
        await fetcher.PublishAsync(s_next);
        var third = await fetcher.NextAsync<ModelStaged>(skip: 3);

        second.Should().BeEquivalentTo(new { Attempt = 2, Unchanged = (UnchangedRows?)null });
        third.Should().Be(second);
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("type")]
    [InlineData("model")]
    [InlineData("warning")]
    [InlineData("damaged")]
    [InlineData("anchor")]
    public async Task Stages_like_all_others_what_differs_in_anything(string what)
    {
        await using var fetcher = await StartAsync(anchor: what == "anchor" ? 1 : null);
        await ServeAsync(fetcher, version: 1, manifest => what switch
        {
            "sha256" => manifest with { Sha256 = new string('0', 64) },
            "type" => manifest with { Columns = [manifest.Columns[0] with { Type = ColumnType.Number }] },
            "model" => manifest with { Model = "another" },
            "warning" => manifest with { Checks = [Check(CheckStatus.Warn)] },
            _ => manifest,
        });
        if (what == "damaged")
            File.WriteAllText(Model.Manifest, "{");

        var staged = await NextAsync(fetcher);

        staged.Unchanged.Should().BeNull();
        VolumeJson.Read<StagedFacts>(Model.Staging(s_next.RunId!.Value, 1).Facts).Rows.Should().Be(1);
    }

    private Task<FetcherHost> StartAsync(int? anchor = null) => FetcherHost.StartAsync(_volume.Layout,
        Sources.Registry(Sources.InMemory, Sources.Query("select 1 as id") with { DriftAnchor = anchor }));

    // What the first fetch gave becomes what readers have, as after a publication.
    private async Task<StagedFacts> ServeAsync(
        FetcherHost fetcher, int version, Func<Manifest, Manifest>? change = null)
    {
        await fetcher.AskAsync<ModelStaged>(Sources.Request);
        var facts = VolumeJson.Read<StagedFacts>(_volume.Staged().Facts);
        var manifest = new Manifest
        {
            ValueStream = facts.ValueStream,
            Model = facts.Model,
            Version = version,
            File = Model.ServedFile(version),
            Sha256 = facts.Sha256,
            Bytes = facts.Bytes,
            Rows = facts.Rows,
            Columns = facts.Columns,
            RunId = facts.RunId,
            FetchedAt = facts.FetchedAt,
            PublishedAt = facts.FetchedAt,
            RefreshedAt = facts.FetchedAt,
            Source = facts.Source,
            RegistrySha256 = facts.RegistrySha256,
            Checks = [Check(CheckStatus.Pass)],
        };
        VolumeJson.Write(Model.Manifest, change is null ? manifest : change(manifest));
        return facts;
    }

    private static async Task<ModelStaged> NextAsync(FetcherHost fetcher)
    {
        await fetcher.PublishAsync(s_next);
        return await fetcher.NextAsync<ModelStaged>(skip: 1);
    }

    private static CheckResult Check(CheckStatus status) =>
        new() { Check = CheckName.Rows, Status = status, Message = "1 row." };
}
