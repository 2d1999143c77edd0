using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Tests;

public sealed class Pinning_a_registry : IDisposable
{
    private readonly LiveFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Keeps_what_the_models_were_for_another_process_to_find()
    {
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("a", "b"));
        using var scheduler = _fixture.Open();
        var pinned = scheduler.Pin();
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("c"));
        using var fetcher = _fixture.Open();

        var found = fetcher.Pinned(pinned.Sha256);

        found.Should().NotBeSameAs(pinned);
        found.Models.Should().BeEquivalentTo(pinned.Models);
        found.Sha256.Should().Be(pinned.Sha256);
        fetcher.Current.Models.Select(m => m.Model).Should().Equal("c");
        fetcher.Pinned(pinned.Sha256).Should().BeSameAs(found);
    }

    [Fact]
    public void Keeps_every_rule_of_a_model()
    {
        _fixture.Folder.Write("models.yaml", Reading_a_registry.Sample);
        using var scheduler = _fixture.Open();
        var pinned = scheduler.Pin();
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("c"));
        using var fetcher = _fixture.Open();

        fetcher.Pinned(pinned.Sha256).Models.Should().BeEquivalentTo(pinned.Models);
        pinned.Find("value_stream_1", "model_x")!.RuleOf("country")!.Bins!.Points.Should().NotBeEmpty();
    }

    [Fact]
    public void Names_the_file_by_the_hash_of_its_content_and_writes_no_secret()
    {
        _fixture.Folder.Environment["SNOWFLAKE_CONN"] = "account=x;token=secret";
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("a"));
        using var registry = _fixture.Open();

        var sha = registry.Pin().Sha256;

        var bytes = File.ReadAllBytes(_fixture.Volume.Layout.PinnedRegistry(sha));
        Convert.ToHexStringLower(SHA256.HashData(bytes)).Should().Be(sha);
        Encoding.UTF8.GetString(bytes).Should().NotContain("secret");
        FilesKept().Should().Equal($"{sha}.json");
    }

    [Fact]
    public void Leaves_alone_what_is_kept_already()
    {
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("a"));
        using var registry = _fixture.Open();
        var sha = registry.Pin().Sha256;
        var path = _fixture.Volume.Layout.PinnedRegistry(sha);
        var before = Posix.Identity(path);

        registry.Pin();

        Posix.Identity(path).Should().Be(before);
        FilesKept().Should().ContainSingle();
    }

    [Fact]
    public void Gives_the_current_registry_when_asked_for_none_or_for_itself()
    {
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("a"));
        using var registry = _fixture.Open();

        registry.Pinned(null).Should().BeSameAs(registry.Current);
        registry.Pinned(registry.Current.Sha256).Should().BeSameAs(registry.Current);
        _fixture.Log.Lines.Should().NotContain(line => line.StartsWith("Warning"));
    }

    [Theory]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000000", "no such file, or its content is damaged")]
    [InlineData("../../../../etc/passwd", "not a SHA-256")]
    [InlineData("", "not a SHA-256")]
    [InlineData("ABCDEF0000000000000000000000000000000000000000000000000000000000", "not a SHA-256")]
    public void Gives_the_current_registry_with_a_warning_for_a_hash_that_nothing_is_kept_under(
        string sha, string reason)
    {
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("a"));
        using var registry = _fixture.Open();

        registry.Pinned(sha).Should().BeSameAs(registry.Current);

        _fixture.Log.Lines.Should().ContainSingle(line => line.StartsWith("Warning") && line.Contains(reason));
    }

    [Fact]
    public void Never_follows_a_hash_out_of_its_directory()
    {
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("a"));
        using var registry = _fixture.Open();
        var other = new ModelRegistry([], [], registry.Current.Notify);
        Directory.CreateDirectory(Path.Combine(_fixture.Volume.Layout.Bookkeeping, "registries"));
        File.WriteAllBytes(Path.Combine(_fixture.Volume.Root, "evil.json"), other.ToPinnedJson());

        registry.Pinned("../../evil").Should().BeSameAs(registry.Current);
    }

    [Fact]
    public void Distrusts_a_file_that_does_not_hash_to_its_name_and_pins_it_anew()
    {
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("a"));
        using var first = _fixture.Open();
        var pinned = first.Pin();
        var path = _fixture.Volume.Layout.PinnedRegistry(pinned.Sha256);
        File.WriteAllText(path, "{}");
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("b"));
        using var second = _fixture.Open();

        second.Pinned(pinned.Sha256).Should().BeSameAs(second.Current);
        first.Pin();

        second.Pinned(pinned.Sha256).Models.Should().BeEquivalentTo(pinned.Models);
    }

    [Fact]
    public void Distrusts_content_that_is_no_registry_although_its_hash_is_right()
    {
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("a"));
        using var registry = _fixture.Open();
        var bytes = "{\"models\": 1}"u8.ToArray();
        var sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Directory.CreateDirectory(Path.GetDirectoryName(_fixture.Volume.Layout.PinnedRegistry(sha))!);
        File.WriteAllBytes(_fixture.Volume.Layout.PinnedRegistry(sha), bytes);

        registry.Pinned(sha).Should().BeSameAs(registry.Current);

        _fixture.Log.Lines.Should().ContainSingle(line => line.Contains("another version of this program wrote it"));
    }

    [Fact]
    public async Task Takes_the_sources_from_today_so_that_a_rotated_credential_serves_running_runs()
    {
        _fixture.Folder.Write("models.yaml", Registry("first", "a"));
        using var registry = _fixture.Open();
        await registry.StartAsync(default);
        await _fixture.Log.NextAsync("Information: Watching");
        var pinned = registry.Pin();
        await ChangeAsync(Registry("second", "b"));
        registry.Pinned(pinned.Sha256).Sources["s"].Connection.Should().Be("second");

        await ChangeAsync(Registry("third", "b"));

        registry.Pinned(pinned.Sha256).Sources["s"].Connection.Should().Be("third");
        registry.Pinned(pinned.Sha256).Models.Should().ContainSingle().Which.Model.Should().Be("a");

        static string Registry(string connection, string model) =>
            $"{{version: 1, sources: {{s: {{kind: duckdb, connection: {connection}}}}}, value_streams: {{vs: "
            + $"{{models: {{{model}: {{table: T}}}}}}}}}}";

        async Task ChangeAsync(string text)
        {
            _fixture.Folder.Write("models.yaml", text);
            _fixture.Time.Advance(TimeSpan.FromSeconds(30));
            await _fixture.Log.NextAsync("Information: Registry changed");
        }
    }

    [Fact]
    public void Says_that_the_volume_cannot_be_written()
    {
        _fixture.Folder.Write("models.yaml", LiveFixture.Registry("a"));
        using var registry = _fixture.Open();
        Directory.CreateDirectory(_fixture.Volume.Layout.Bookkeeping);
        File.WriteAllText(Path.Combine(_fixture.Volume.Layout.Bookkeeping, "registries"), "in the way");

        registry.Invoking(r => r.Pin()).Should().Throw<IOException>();
    }

    private IEnumerable<string?> FilesKept() =>
        Directory.EnumerateFiles(Path.Combine(_fixture.Volume.Layout.Bookkeeping, "registries"))
            .Select(Path.GetFileName);
}
