using Microsoft.AspNetCore.Http;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>The bytes of a chunk, whole or as a fault leaves them.</summary>
internal static class ChunkBody
{
    public static async Task SendAsync(HttpContext http, EmulatedResult result, int number, Faults faults, Drip drip)
    {
        var body = EmulatedResult.Gzip(EmulatedResult.ChunkText(Rows(result, number, faults)));
        var cut = faults.Strikes(Fault.ChunkCut, result.Sql, number);
        if (!cut && faults.Strikes(Fault.ChunkTruncated, result.Sql, number))
            body = body[..(body.Length / 2)];
        http.Response.Headers.ContentEncoding = "gzip";
        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = body.Length;
        if (faults.Strikes(Fault.ChunkDripping, result.Sql, number))
            await drip.SendButTheEndAsync(http, body);
        else if (faults.Strikes(Fault.ChunkSlow, result.Sql, number))
            await Drip.SendAsync(http, body);
        else
            await SendAsync(http, body, cut);
    }

    private static async Task SendAsync(HttpContext http, byte[] body, bool cut)
    {
        await http.Response.Body.WriteAsync(cut ? body.AsMemory(..(body.Length / 2)) : body, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        if (cut)
            http.Abort();
    }

    private static IEnumerable<string?[]> Rows(EmulatedResult result, int number, Faults faults)
    {
        var rows = result.Chunks[number];
        if (faults.Strikes(Fault.ChunkEmpty, result.Sql, number))
            return [];
        if (faults.Strikes(Fault.ChunkDamaged, result.Sql, number))
            return rows.Select((row, i) => i == 0 ? [.. row.Select(Damage)] : row);
        return faults.Strikes(Fault.ChunkShort, result.Sql, number) ? rows.Take(rows.Length * 2 / 3) : rows;
    }

    // Of no type's form but a text's.
    private static string? Damage(string? value) => value is null ? null : "~" + value[..(value.Length / 2)];
}
