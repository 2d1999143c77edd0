using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Contracts.Tests;

public sealed class Reloading_the_registry : IDisposable
{
    private readonly LiveFixture _fixture = new();

    private RegistryFolder Folder => _fixture.Folder;

    private LogCapture Log => _fixture.Log;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Sees_a_plain_edit_at_once()
    {
        Folder.Write("models.yaml", LiveFixture.Registry("a", "b", "c"));
        using var registry = await StartAsync(_fixture.Open(time: TimeProvider.System));
        var before = registry.Current;

        Folder.Write("models.yaml", LiveFixture.Registry("a", "b", "d").Replace("table: b", "table: bb"));
        var line = await Log.NextAsync("Information: Registry changed");

        var after = registry.Current;
        after.Models.Select(m => m.Model).Should().Equal("a", "b", "d");
        line.Should().Be($"Information: Registry changed from {before.Sha256} to {after.Sha256}: "
            + "added vs/d; removed vs/c; changed vs/b; sources changed none");
    }

    [Fact]
    public async Task Tells_how_often_it_was_loaded_and_refused_and_how_many_problems_it_has()
    {
        Folder.Write("models.yaml", LiveFixture.Registry("a"));
        var live = _fixture.Open(time: TimeProvider.System);
        live.Reads.Should().BeEquivalentTo(
            new { TimesLoaded = 0L, TimesRefused = 0L, Problems = (int?)null }, "it has not been read");
        using var registry = await StartAsync(live);

        Replace(LiveFixture.Registry("a") + "colour: red\nshape: round\n");
        await Log.NextAsync("Error: ");
        registry.Reads.Should().BeEquivalentTo(new { TimesLoaded = 1L, TimesRefused = 1L, Problems = 2 });

        Replace(LiveFixture.Registry("a", "b"));
        await Log.NextAsync("Information: Registry changed");
        registry.Reads.Should().BeEquivalentTo(new { TimesLoaded = 2L, TimesRefused = 1L, Problems = 0 });

        // Renamed into place, because half a file would be refused, too.
        void Replace(string text) =>
            File.Move(Folder.Write("elsewhere/models.yaml", text), Folder.PathOf("models.yaml"), overwrite: true);
    }

    [Fact]
    public async Task Sees_a_ConfigMap_swap_at_once_although_the_file_itself_never_changes()
    {
        MountConfigMap("..2026_11_01", LiveFixture.Registry("a"));
        File.CreateSymbolicLink(Folder.PathOf("models.yaml"), "..data/models.yaml");
        using var registry = await StartAsync(_fixture.Open(time: TimeProvider.System));
        registry.Current.Models.Should().ContainSingle();

        MountConfigMap("..2026_12_01", LiveFixture.Registry("a", "b"));
        await Log.NextAsync("Information: Registry changed");

        registry.Current.Models.Select(m => m.Model).Should().Equal("a", "b");
    }

    [Fact]
    public async Task Sees_a_ConfigMap_swap_of_a_whole_directory()
    {
        MountConfigMap("..2026_11_01", LiveFixture.Registry("a"));
        File.CreateSymbolicLink(Folder.PathOf("models.yaml"), "..data/models.yaml");
        using var registry = await StartAsync(_fixture.Open(name: null, time: TimeProvider.System));

        MountConfigMap("..2026_12_01", LiveFixture.Registry("a", "b"));
        await Log.NextAsync("Information: Registry changed");

        registry.Current.Models.Select(m => m.Model).Should().Equal("a", "b");
    }

    [Fact]
    public async Task Sees_at_the_next_poll_what_no_watch_can_see()
    {
        // The file is a link to another directory, which nobody watches.
        var elsewhere = Folder.Write("elsewhere/models.yaml", LiveFixture.Registry("a"));
        File.CreateSymbolicLink(Folder.PathOf("models.yaml"), elsewhere);
        using var registry = await StartAsync(_fixture.Open());
        await File.WriteAllTextAsync(elsewhere, LiveFixture.Registry("a", "b"));
        _fixture.Time.Advance(TimeSpan.FromSeconds(29));
        registry.Current.Models.Should().ContainSingle();

        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await Log.NextAsync("Information: Registry changed");

        registry.Current.Models.Select(m => m.Model).Should().Equal("a", "b");
    }

    [Fact]
    public async Task Polls_for_a_directory_that_is_not_there_yet()
    {
        using var registry = await StartAsync(_fixture.Open("later/models.yaml"));
        Log.Lines.Should().Contain(line => line.StartsWith("Warning: Cannot watch "))
            .And.Contain(line => line.StartsWith("Error: Registry ") && line.Contains("there is no registry here."));
        registry.Invoking(r => r.Current).Should().Throw<RegistryException>();

        Folder.Write("later/models.yaml", LiveFixture.Registry("a"));
        _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        await Log.NextAsync("Information: Registry ");

        registry.Current.Models.Should().ContainSingle();
    }

    [Fact]
    public async Task Keeps_the_last_good_registry_and_says_so_once()
    {
        Folder.Write("models.yaml", LiveFixture.Registry("a"));
        using var registry = await StartAsync(_fixture.Open());
        var good = registry.Current;

        Folder.Write("models.yaml", "version: 1\ntreshold: 1\nvaluestreams: {}");
        _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        var refused = await Log.NextAsync("Error: ");
        Folder.Write("models.yaml", "version: 3\nvalue_streams: {}");
        _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        var again = await Log.NextAsync("Error: ");

        registry.Current.Should().BeSameAs(good);
        refused.Should().Contain($"the last valid one, {good.Sha256}, stays in use. 2 problems:")
            .And.Contain("models.yaml(2,1): unknown key 'treshold'").And.Contain(
                "models.yaml(3,1): unknown key 'valuestreams'");
        again.Should().Contain("'version' must be 1");
    }

    [Fact]
    public async Task Does_not_repeat_itself_over_the_same_bad_registry()
    {
        Folder.Write("models.yaml", LiveFixture.Registry("a"));
        using var registry = await StartAsync(_fixture.Open());

        Folder.Write("models.yaml", "version: 3");
        for (var poll = 0; poll < 5; poll++)
            _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        await Log.NextAsync("Error: ");
        Folder.Write("models.yaml", LiveFixture.Registry("a"));
        _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        await Log.NextAsync("Information: Registry");

        Log.Lines.Should().ContainSingle(line => line.StartsWith("Error: "));
        Log.Lines[^1].Should().EndWith($"is valid again and the same as the one in use, {registry.Current.Sha256}");
    }

    [Fact]
    public async Task Takes_a_changed_connection_without_telling_it()
    {
        Folder.Write("models.yaml", Source("Data Source=first"));
        using var registry = await StartAsync(_fixture.Open());

        Folder.Write("models.yaml", Source("Data Source=second"));
        _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        var line = await Log.NextAsync("Information: Registry changed");

        registry.Current.Sources["s"].Connection.Should().Be("Data Source=second");
        line.Should().EndWith("added none; removed none; changed none; sources changed s");
        Log.Lines.Should().NotContain(l => l.Contains("Data Source"));

        static string Source(string connection) =>
            $"version: 1\nsources: {{s: {{kind: duckdb, connection: {connection}}}}}\n"
                + LiveFixture.Registry("a")["version: 1\n".Length..];
    }

    [Fact]
    public async Task Notices_a_query_file_that_changed()
    {
        Folder.Write("sql/a.sql", "select 1");
        Folder.Write("models.yaml", "{version: 1, value_streams: {vs: {models: {a: {query_file: sql/a.sql}}}}}");
        using var registry = await StartAsync(_fixture.Open());

        Folder.Write("sql/a.sql", "select 2");
        _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        await Log.NextAsync("Information: Registry changed");

        registry.Current.Models.Should().ContainSingle().Which.Query.Should().Be("select 2");
    }

    [Fact]
    public async Task Notices_a_query_file_that_was_missing()
    {
        Folder.Write("models.yaml", "{version: 1, value_streams: {vs: {models: {a: {query_file: sql/a.sql}}}}}");
        using var registry = await StartAsync(_fixture.Open());
        registry.Invoking(r => r.Current).Should().Throw<RegistryException>();

        Folder.Write("sql/a.sql", "select 1");
        _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        await Log.NextAsync("Information: Registry ");

        registry.Current.Models.Should().ContainSingle().Which.Query.Should().Be("select 1");
    }

    [Fact]
    public void Reads_on_first_use_without_being_started()
    {
        Folder.Write("models.yaml", LiveFixture.Registry("a"));
        using var registry = _fixture.Open();

        registry.Current.Models.Should().ContainSingle();
        registry.Current.Should().BeSameAs(registry.Current);
    }

    [Fact]
    public void Throws_every_problem_while_none_was_good_and_reads_again_on_the_next_use()
    {
        Folder.Write("models.yaml", "version: 3\nfoo: 1");
        using var registry = _fixture.Open();

        registry.Invoking(r => r.Current).Should().Throw<RegistryException>().Which.Problems.Should().HaveCount(2);
        registry.Invoking(r => r.Pinned(null)).Should().Throw<RegistryException>();
        Folder.Write("models.yaml", LiveFixture.Registry("a"));

        registry.Current.Models.Should().ContainSingle();
        Log.Lines.Should().ContainSingle(line => line.StartsWith("Error: "));
    }

    private async Task<LiveRegistry> StartAsync(LiveRegistry registry)
    {
        await registry.StartAsync(default);
        // From here on a change is seen by the watch or by a poll, not by the reading at the start.
        await Log.NextAsync("Information: Watching");
        return registry;
    }

    /// <summary>As the kubelet does it: a new directory, then the link <c>..data</c> swapped by a rename.</summary>
    private void MountConfigMap(string version, string registry)
    {
        Folder.Write($"{version}/models.yaml", registry);
        File.CreateSymbolicLink(Folder.PathOf("..data_tmp"), version);
        Posix.Rename(Folder.PathOf("..data_tmp"), Folder.PathOf("..data"));
    }
}
