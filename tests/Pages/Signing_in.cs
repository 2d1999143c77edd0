using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Benchmark.Notifier.Pages;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Options;

namespace Benchmark.Pages.Tests;

public sealed class Signing_in : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly TempVolume _files = new();

    private string Users => Path.Combine(_files.Root, "users.txt");

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Is_not_asked_for_on_this_machine_by_default()
    {
        await using var site = await StartAsync([]);
        using var client = site.Client();

        var answer = await client.GetAsync("/");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("<button type=\"submit\" class");
    }

    [Fact]
    public async Task Believes_the_header_of_a_proxy_on_this_machine()
    {
        await using var site = await StartAsync(new() { ["Pages:TrustedHeader"] = "X-Forwarded-User" });
        using var client = site.Client();

        var nobody = await client.GetAsync("/");
        client.DefaultRequestHeaders.Add("X-Forwarded-User", "anna");
        var anna = await client.GetAsync("/");
        client.DefaultRequestHeaders.Add("X-Forwarded-User", "eve");
        var two = await client.GetAsync("/");

        nobody.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await anna.Content.ReadAsStringAsync()).Should().Contain(">anna</span>");
        two.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/models")]
    [InlineData("/api/openapi.json")]
    [InlineData("/pages.css")]
    [InlineData("/nothing")]
    public async Task Asks_for_a_password_everywhere_once_there_are_people(string path)
    {
        await File.WriteAllLinesAsync(Users, ["# people", PagesService.SignInLine("anna", Password)]);
        await using var site = await StartAsync(new() { ["Pages:Users"] = Users });
        using var client = site.Client();

        var nobody = await client.GetAsync(path);
        client.DefaultRequestHeaders.Authorization = Basic("anna", "wrong");
        var wrong = await client.GetAsync(path);
        client.DefaultRequestHeaders.Authorization = Basic("anna", Password);
        var right = await client.GetAsync(path);

        nobody.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        nobody.Headers.WwwAuthenticate.Should().ContainSingle().Which.Scheme.Should().Be("Basic");
        wrong.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        right.StatusCode.Should().Be(path == "/nothing" ? HttpStatusCode.NotFound : HttpStatusCode.OK);
    }

    [Fact]
    public async Task Lets_nobody_in_whose_line_has_been_removed()
    {
        await File.WriteAllLinesAsync(
            Users, [PagesService.SignInLine("anna", Password), PagesService.SignInLine("ben", Password)]);
        await using var site = await StartAsync(new() { ["Pages:Users"] = Users });
        using var client = site.Client();
        client.DefaultRequestHeaders.Authorization = Basic("anna", Password);
        var before = await client.GetAsync("/");

        await File.WriteAllLinesAsync(Users, [PagesService.SignInLine("ben", Password)]);
        File.SetLastWriteTimeUtc(Users, DateTime.UtcNow.AddSeconds(5));
        var after = await client.GetAsync("/");

        before.StatusCode.Should().Be(HttpStatusCode.OK);
        after.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Shows_nothing_to_a_name_that_another_site_gave_this_machine()
    {
        await using var site = await StartAsync(new() { ["Pages:Url"] = "http://benchmark.bank.example" });
        using var client = site.Client();

        var rebound = await GetAsync(client, "evil.example");
        var ours = await GetAsync(client, "benchmark.bank.example");

        rebound.StatusCode.Should().Be(HttpStatusCode.MisdirectedRequest);
        ours.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("benchmark.bank.example", true)]
    [InlineData("localhost", false)]
    public async Task Gives_its_cookie_to_https_alone_where_a_proxy_has_https(string host, bool secure)
    {
        await using var site = await StartAsync(new()
        {
            ["Pages:TrustedHeader"] = "X-Forwarded-User",
            ["Pages:Url"] = "https://benchmark.bank.example",
        });
        using var client = site.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-User", "anna");

        var answer = await GetAsync(client, host, "/models/credit/a");

        var cookie = answer.Headers.GetValues("Set-Cookie").Should().ContainSingle().Subject;
        cookie.StartsWith("__Host-", StringComparison.Ordinal).Should().Be(secure);
        cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase).Should().Be(secure);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8090", "Pages__AllowAnonymous=true")]
    [InlineData("http://*:8090", "Pages__AllowAnonymous=true")]
    [InlineData("https://localhost:8090", "TLS is the task of a proxy")]
    [InlineData("localhost", "http://localhost:8090")]
    public async Task Refuses_to_start_where_more_people_could_look_than_meant(string address, string says)
    {
        var start = async () => await StartAsync(new() { ["Pages:Address"] = address });

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage($"*{says}*");
    }

    [Fact]
    public async Task Refuses_to_start_with_a_line_that_is_no_hash()
    {
        await File.WriteAllLinesAsync(Users, [PagesService.SignInLine("anna", Password), "ben:secret"]);

        var start = async () => await StartAsync(new() { ["Pages:Users"] = Users });

        (await start.Should().ThrowAsync<OptionsValidationException>())
            .WithMessage($"*Line 2 of {Users} is not NAME:HASH*");
    }

    private static Task<Site> StartAsync(Dictionary<string, string?> settings) =>
        Site.StartAsync(new TempVolume(), new FixedRegistry(Models.Named("credit", "a")), settings);

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string host, string path = "/")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return await client.SendAsync(request);
    }

    private static AuthenticationHeaderValue Basic(string name, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
}
