using Microsoft.AspNetCore.Http;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>Bytes that come a few at a time.</summary>
internal sealed class Drip
{
    private const int Parts = 10;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a body that is sent slowly takes at least.</summary>
    public static TimeSpan Shortest => s_pause * (Parts - 2);

    /// <summary>Completes when some bytes have come of a body that has no end.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Completes when whoever waits for its end has hung up.</summary>
    public Task GivenUp => _givenUp.Task;

    /// <summary>The whole of it, but slowly.</summary>
    public static Task SendAsync(HttpContext http, byte[] body) =>
        SendAsync(http, body, (body.Length + Parts - 1) / Parts, () => { });

    /// <summary>All but the last byte, one by one, and then nothing for as long as somebody waits for it.</summary>
    public async Task SendButTheEndAsync(HttpContext http, byte[] body)
    {
        try
        {
            await SendAsync(http, body[..^1], length: 1, () => _begun.TrySetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
        }
        finally
        {
            _givenUp.TrySetResult();
        }
    }

    private static async Task SendAsync(HttpContext http, byte[] body, int length, Action sent)
    {
        using var pause = new PeriodicTimer(s_pause);
        foreach (var piece in body.Chunk(length))
        {
            await http.Response.Body.WriteAsync(piece, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await pause.WaitForNextTickAsync(http.RequestAborted);
            sent();
        }
    }
}
