using Benchmark.Fetcher.Sources.Http;
using Benchmark.Fetcher.Tests.Snowflake.Emulator;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Fetcher.Tests;

/// <summary>A driver's HTTP client is its own: what it waits for is seen all the same.</summary>
public sealed class Watching_a_driver_that_speaks_HTTP : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _driver = new();
    private SnowflakeEmulator _server = null!;
    private Wire _wire = null!;

    public async Task InitializeAsync()
    {
        _server = await SnowflakeEmulator.StartAsync();
        _wire = new Wire(_server.Address);
        await _wire.LogInAsync();
    }

    public async Task DisposeAsync()
    {
        _driver.Dispose();
        _wire.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Breaks_off_when_no_byte_has_come_for_two_minutes()
    {
        _server.Faults.Plan(Fault.ChunkNeverAnswered);
        var data = await QueryAsync();

        var fetch = Watch().RunAsync(ct => ChunkAsync(data, ct), CancellationToken.None);
        await _server.Asked;
        _time.Advance(HttpWatch.Silence - TimeSpan.FromSeconds(5));
        fetch.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(10));

        (await ((Func<Task>)(() => fetch)).Should().ThrowAsync<SilentHostException>()).WithMessage(
            $"It waited 12* s for /chunks/* from {_server.Address.Authority}.");
    }

    [Fact]
    public async Task Waits_for_a_body_of_which_bytes_come()
    {
        _server.Faults.Plan(Fault.ChunkDripping);
        var data = await QueryAsync();
        using var cancelled = new CancellationTokenSource();
        var watch = Watch();

        var fetch = watch.RunAsync(ct => ChunkAsync(data, ct), cancelled.Token);
        await _server.Drip.Begun;
        // What comes from now on comes at a later time.
        _time.Advance(TimeSpan.FromSeconds(100));
        await TillAsync(() =>
            watch.Waiting(TimeSpan.Zero) is { } waits && waits.Contains("waited 0 s", StringComparison.Ordinal));
        _time.Advance(TimeSpan.FromSeconds(100));
        fetch.IsCompleted.Should().BeFalse();
        await cancelled.CancelAsync();

        (await ((Func<Task>)(() => fetch)).Should().ThrowAsync<WaitedException>()).WithMessage(
            $"it waited * s for /chunks/* from {_server.Address.Authority} after * bytes");
    }

    [Fact]
    public async Task Says_what_was_waited_for_when_the_deadline_comes()
    {
        _server.Faults.Plan(Fault.ChunkNeverAnswered);
        var data = await QueryAsync();
        using var deadline = new CancellationTokenSource();

        var fetch = Watch().RunAsync(ct => ChunkAsync(data, ct), deadline.Token);
        await _server.Asked;
        _time.Advance(TimeSpan.FromSeconds(70));
        await deadline.CancelAsync();

        (await ((Func<Task>)(() => fetch)).Should().ThrowAsync<WaitedException>())
            .WithMessage("it waited 70 s for /chunks/*");
    }

    [Fact]
    public async Task Says_who_answered_with_an_error_and_how_often()
    {
        _server.Faults.Plan(Fault.ChunkForbidden, Faults.ForEver);
        var data = await QueryAsync();
        var watch = Watch();

        await watch.RunAsync(async ct =>
        {
            for (var i = 0; i < 3; i++)
                (await ChunkAsync(data, ct)).Should().BeFalse();
            return true;
        }, CancellationToken.None);

        watch.Trouble.Should().Match(
            $"{_server.Address.Authority} answered /chunks/* with 403 Forbidden, 3 times in 0 s");
        watch.Waiting(TimeSpan.Zero).Should().BeNull();
    }

    [Fact]
    public async Task Breaks_off_when_a_session_is_renewed_again_and_again()
    {
        var address = new Uri(_server.Address, "/session/heartbeat");

        var fetch = () => new HttpWatch(_time, _ => HttpWatch.Renewal).RunAsync(async ct =>
        {
            for (var i = 0; i < 1000; i++)
                (await _driver.PostAsync(address, content: null, ct)).Dispose();
            return true;
        }, CancellationToken.None);

        await fetch.Should().ThrowAsync<SilentHostException>()
            .WithMessage("The session ends as soon as it is renewed, 10 times*");
    }

    [Fact]
    public async Task Says_that_nobody_listens()
    {
        var port = FreePort.Find();
        var watch = Watch();

        var fetch = () => watch.RunAsync(
            ct => _driver.GetAsync($"http://127.0.0.1:{port}/x", ct), CancellationToken.None);

        await fetch.Should().ThrowAsync<HttpRequestException>();
        watch.Trouble.Should().Be($"127.0.0.1:{port} answered /x with Connection refused");
    }

    [Fact]
    public async Task Sees_nothing_of_what_is_not_its_own()
    {
        var watch = Watch();

        await watch.RunAsync(_ => Task.FromResult(true), CancellationToken.None);
        using var response = await _driver.GetAsync(new Uri(_server.Address, "/nowhere"));

        watch.Trouble.Should().BeNull();
        HttpWatch.Current.Should().BeNull();
    }

    private static async Task TillAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(20, limit.Token);
    }

    private HttpWatch Watch() => new(_time, address => address.AbsolutePath);

    private async Task<System.Text.Json.JsonElement> QueryAsync() =>
        (await _wire.QueryAsync("select i as I from range(30) r(i)")).GetProperty("data");

    // As the driver does: the headers first, then the body.
    private async Task<bool> ChunkAsync(System.Text.Json.JsonElement data, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, data.GetProperty("chunks")[0].GetProperty("url").GetString());
        foreach (var header in data.GetProperty("chunkHeaders").EnumerateObject())
            request.Headers.Add(header.Name, header.Value.GetString());
        using var response = await _driver.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        await response.Content.ReadAsByteArrayAsync(ct);
        return response.IsSuccessStatusCode;
    }
}
