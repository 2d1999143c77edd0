using System.Net;
using Benchmark.Contracts;
using Microsoft.Playwright;

namespace Benchmark.Pages.Tests;

[Collection(nameof(Chromium))]
[NeedsChromium]
public sealed class Pressing_the_buttons(Chromium chromium) : IAsyncLifetime
{
    private const string Cookie = "benchmark-form";
    private static readonly string s_token = new('a', 64);

    private Site _site = null!;
    private Fleet _fleet = null!;

    public async Task InitializeAsync() =>
        (_site, _fleet) = await Fleet.StartAsync(60, new() { ["Pages:TrustedHeader"] = "X-Forwarded-User" });

    public Task DisposeAsync() => _site.DisposeAsync().AsTask();

    [Fact]
    public async Task Refreshes_the_failed_models_in_the_name_of_who_is_signed_in()
    {
        await using var window = await chromium.OpenAsync(_site, script: false, user: "anna");
        await window.Page.GotoAsync($"/runs/{_fleet.RunId}");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Refresh 6 failed models" }).ClickAsync();
        await window.Page.GetByText("6 models").Or(window.Page.GetByText("open").First).First
            .WaitForAsync(new() { Timeout = 30_000 });

        var requests = _site.Bus.Published<RefreshModel>();
        requests.Should().HaveCount(6).And.OnlyContain(request => request.RequestedBy == "anna"
            && request.Reason == $"from the page of run {_fleet.RunId}" && !request.Force);
        var started = _site.Bus.Published<RefreshRunStarted>()[^1];
        started.Models.Should().BeEquivalentTo(requests.Select(request => request.RunId == started.RunId
            ? new ModelKey { ValueStream = request.ValueStream, Model = request.Model } : null));
        window.Page.Url.Should().Contain(started.RunId.ToString());
    }

    [Fact]
    public async Task Refreshes_one_model()
    {
        await using var window = await chromium.OpenAsync(_site, user: "anna");
        await window.Page.GotoAsync($"/runs/{_fleet.RunId}");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Refresh fraud/pd_retail_001" }).ClickAsync();

        _site.Bus.Published<RefreshModel>().Should().ContainSingle()
            .Which.Model.Should().Be("pd_retail_001");
    }

    [Fact]
    public async Task Takes_a_second_click_for_the_same_run()
    {
        var newRun = Guid.CreateVersion7();

        var first = await PressAsync(newRun);
        await _site.Bus.ConsumedAsync<RefreshRunStarted>();
        var second = await PressAsync(newRun);

        first.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        second.Headers.Location.Should().Be(first.Headers.Location);
        _site.Bus.Published<RefreshRunStarted>().Count(run => run.RunId == newRun).Should().BeInRange(1, 2);
    }

    [Theory]
    [InlineData("another site", "https://evil.example", null, true)]
    [InlineData("another site, as the browser says", null, "cross-site", true)]
    [InlineData("a neighbouring host", null, "same-site", true)]
    [InlineData("no browser", null, null, true)]
    [InlineData("a form without the token", null, "same-origin", false)]
    public async Task Refuses_a_form_of(string sender, string? origin, string? site, bool withToken)
    {
        var answer = await PressAsync(Guid.NewGuid(), origin, site, withToken ? s_token : "wrong");

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, sender);
        _site.Bus.Published<RefreshModel>().Should().BeEmpty();
    }

    [Fact]
    public async Task Refuses_to_refresh_what_is_still_running()
    {
        var runId = Guid.NewGuid();
        await _site.ConsumeAsync(_fleet.Started(runId, _fleet.Models[0]));

        var answer = await PressAsync(Guid.NewGuid(), site: "same-origin", of: runId);

        answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
        _site.Bus.Published<RefreshModel>().Should().BeEmpty();
    }

    private async Task<HttpResponseMessage> PressAsync(
        Guid newRun, string? origin = null, string? site = null, string? token = null, Guid? of = null)
    {
        // Of these pages, unless the test says otherwise.
        if (token is null && origin is null)
            site ??= "same-origin";
        using var client = _site.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/runs/{of ?? _fleet.RunId}/refresh");
        request.Headers.Add("X-Forwarded-User", "anna");
        request.Headers.Add("Cookie", $"{Cookie}={s_token}");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        request.Content = new FormUrlEncodedContent([new("token", token ?? s_token), new("as", newRun.ToString())]);
        return await client.SendAsync(request);
    }
}
