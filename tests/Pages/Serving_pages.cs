using System.Net;
using System.Text.Json;
using Benchmark.Notifier;
using Benchmark.Notifier.Database;
using Benchmark.Tests.Support;

namespace Benchmark.Pages.Tests;

public sealed class Serving_pages
{
    [Theory]
    [InlineData("/")]
    [InlineData("/runs")]
    [InlineData("/trouble")]
    [InlineData("/api/models")]
    [InlineData("/nothing")]
    public async Task Forbids_scripts_frames_and_copies(string path)
    {
        await using var site = await StartAsync();
        using var client = site.Client();

        var answer = await client.GetAsync(path);

        answer.Headers.GetValues("Content-Security-Policy").Should().ContainSingle()
            .Which.Should().Be("default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
                + "base-uri 'none'; frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        answer.Headers.Contains("Server").Should().BeFalse();
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health/live")]
    public async Task Serves_nothing_of_the_other_port(string path)
    {
        await using var site = await StartAsync();
        using var client = site.Client();

        (await client.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Says_in_one_line_which_address_is_taken()
    {
        await using var first = await StartAsync();

        var second = () => StartAsync(new() { ["Pages:Address"] = first.Address });

        (await second.Should().ThrowAsync<IOException>()).WithMessage(
            $"The pages cannot be served at {first.Address}:*address already in use*Pages__Address*");
    }

    [Fact]
    public async Task Opens_no_port_when_there_is_no_address()
    {
        await using var site = await StartAsync(new() { ["Pages:Address"] = "" });

        site.IsServed.Should().BeFalse();
    }

    [Fact]
    public async Task Shows_nothing_published_before_the_first_run()
    {
        await using var site = await StartAsync();
        using var client = site.Client();

        (await client.GetStringAsync("/")).Should().Contain("never published").And.Contain("no run yet")
            .And.Contain("The volume is not mounted");
        (await client.GetStringAsync("/runs")).Should().Contain("There has been no run yet");
        (await client.GetStringAsync("/trouble")).Should().Contain("No run has asked for it yet");
    }

    [Fact(Timeout = 120_000)]
    public async Task Serves_the_other_pages_when_a_row_of_the_database_is_damaged()
    {
        var volume = new TempVolume();
        var database = new RunDatabase(
            new StateOptions { Directory = Path.Combine(volume.Root, "state") }, new NotifierOptions());
        await using (var connection = await database.OpenAsync(default))
            await connection.ExecuteAsync("""
                insert into runs (run_id, phase, opened_at, deadline)
                values (@run, 'Closed', @now, @now);
                insert into refreshes (run_id, value_stream, model, expected, progress, outcome, refresh, change_number)
                values (@run, 'credit', 'a', 1, 5, 'failed', '{"outcome": "fai', 1)
                """, [("run", Guid.NewGuid()), ("now", Site.Now)], default);

        await using var site = await Site.StartAsync(volume, new FixedRegistry(Models.Named("credit", "a")));
        await site.Log.NextAsync("Warning: The models could not be read");
        using var client = site.Client();

        (await client.GetAsync("/runs")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Answers_other_programs_in_the_keys_of_the_command_line()
    {
        var (site, fleet) = await Fleet.StartAsync(8);
        await using var _ = site;
        using var client = site.Client();

        var models = await JsonAsync(client, "/api/models?stream=fraud");
        var runs = await JsonAsync(client, "/api/runs");
        var run = await JsonAsync(client, $"/api/runs/{fleet.RunId}");
        var trouble = await JsonAsync(client, "/api/trouble");

        models.EnumerateArray().Select(model => model.GetProperty("served").GetProperty("model").GetString())
            .Should().BeEquivalentTo("pd_retail_001", "pd_retail_006");
        models[0].GetProperty("last").GetProperty("refresh").GetProperty("outcome").GetString().Should().NotBeNull();
        models[0].GetProperty("served").GetProperty("refreshed_at").GetString().Should().EndWith("Z");
        runs[0].GetProperty("outcomes").GetProperty("failed").GetInt32().Should().Be(1);
        run.GetProperty("models").GetArrayLength().Should().Be(8);
        run.GetProperty("state").GetString().Should().Be("completed");
        trouble.GetProperty("models").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task Describes_every_address_for_programs()
    {
        await using var site = await StartAsync();
        using var client = site.Client();

        var paths = (await JsonAsync(client, "/api/openapi.json")).GetProperty("paths");

        paths.EnumerateObject().Select(path => path.Name).Should().BeEquivalentTo(
            "/api/models", "/api/models/{valueStream}/{model}", "/api/runs", "/api/runs/{runId}", "/api/trouble");
    }

    [Fact]
    public async Task Answers_a_program_with_the_problem_as_JSON()
    {
        await using var site = await StartAsync();
        using var client = site.Client();

        var answer = await client.GetAsync("/api/nothing");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
    }

    private static async Task<JsonElement> JsonAsync(HttpClient client, string path) =>
        JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync(path));

    private static Task<Site> StartAsync(Dictionary<string, string?>? settings = null) =>
        Site.StartAsync(new TempVolume(), new FixedRegistry(Models.Named("credit", "a")), settings);
}
