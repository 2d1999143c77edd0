using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>The driver's side of the protocol in its plainest form: every step is the test's own.</summary>
internal sealed class Wire(Uri server) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = server };

    private string _token = "";
    private string _masterToken = "";

    public void Dispose() => _http.Dispose();

    public async Task<JsonElement> LogInAsync(string password = Sessions.Password)
    {
        var said = await JsonAsync(await PostAsync(
            $"/session/v1/login-request?requestId={Guid.NewGuid()}",
            new { data = new { ACCOUNT_NAME = "bank", LOGIN_NAME = Sessions.User, PASSWORD = password } }, _token));
        if (said.GetProperty("success").GetBoolean())
            Keep(said.GetProperty("data"), "token");
        return said;
    }

    public async Task<JsonElement> RenewAsync()
    {
        var said = await JsonAsync(await PostAsync(
            "/session/token-request", new { oldSessionToken = _token, requestType = "RENEW" }, _masterToken));
        Keep(said.GetProperty("data"), "sessionToken");
        return said;
    }

    public async Task<JsonElement> QueryAsync(string sql, Guid? requestId = null) =>
        await JsonAsync(await SendAsync(sql, requestId));

    public Task<HttpResponseMessage> SendAsync(
        string sql, Guid? requestId = null, object? bindings = null) => PostAsync(
        $"/queries/v1/query-request?requestId={requestId ?? Guid.NewGuid()}",
        new { sqlText = sql, describeOnly = false, bindings }, _token);

    public async Task<JsonElement> AbortAsync(Guid requestId) =>
        await JsonAsync(await PostAsync("/queries/v1/abort-request", new { requestId }, _token));

    public async Task<JsonElement> EndSessionAsync() =>
        await JsonAsync(await PostAsync("/session?delete=true", new { }, _token));

    public async Task<JsonElement> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = Authorization(_token);
        return await JsonAsync(await _http.SendAsync(request));
    }

    /// <summary>The bytes as they came, and how the server answered.</summary>
    public async Task<(HttpStatusCode Status, byte[] Body)> ChunkAsync(
        JsonElement data, int number, bool withItsHeaders = true)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, data.GetProperty("chunks")[number].GetProperty("url").GetString());
        if (withItsHeaders)
            foreach (var header in data.GetProperty("chunkHeaders").EnumerateObject())
                request.Headers.Add(header.Name, header.Value.GetString());
        using var response = await _http.SendAsync(request);
        if (response.IsSuccessStatusCode)
            response.Content.Headers.ContentEncoding.Should().Equal("gzip");
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>
    /// All that is read who believes what the server sends: the rows in line, then those of each chunk.
    /// </summary>
    public async Task<List<string?[]>> RowsAsync(JsonElement data)
    {
        var rows = Rows(data.GetProperty("rowset"));
        for (var number = 0; number < data.GetProperty("chunks").GetArrayLength(); number++)
            rows.AddRange(
                Rows(JsonSerializer.Deserialize<JsonElement>($"[{Gunzip((await ChunkAsync(data, number)).Body)}]")));
        return rows;
    }

    public static List<string?[]> Rows(JsonElement rowset) =>
        [.. rowset.EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetString()).ToArray())];

    public static string Gunzip(byte[] body)
    {
        using var text = new StreamReader(
            new GZipStream(new MemoryStream(body), CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd();
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    private static AuthenticationHeaderValue Authorization(string token) => new("Snowflake", $"Token=\"{token}\"");

    private async Task<HttpResponseMessage> PostAsync(string path, object body, string token)
    {
        // Names as they are written: some are in capitals.
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(
            body, options: JsonSerializerOptions.Default)
        };
        request.Headers.Authorization = token.Length == 0 ? new("Basic") : Authorization(token);
        return await _http.SendAsync(request);
    }

    private void Keep(JsonElement data, string token) =>
        (_token, _masterToken) = (data.GetProperty(token).GetString()!, data.GetProperty("masterToken").GetString()!);
}
