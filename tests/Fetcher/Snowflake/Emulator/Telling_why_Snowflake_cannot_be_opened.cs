using System.Security.Cryptography;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources;
using Benchmark.Tests.Support;
using Xunit.Abstractions;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>
/// What the driver hides in "Unable to connect" is said in one line, with what to do, and without a secret.
/// </summary>
[NeedsSnowflakeDriver]
public sealed class Telling_why_Snowflake_cannot_be_opened(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Secret = "hunter2";

    private readonly TempVolume _volume = new();
    private SnowflakeEmulator _snowflake = null!;

    private string Key => Path.Combine(_volume.Root, "key.p8");

    public async Task InitializeAsync()
    {
        _snowflake = await SnowflakeEmulator.StartAsync();
        using var rsa = RSA.Create(2048);
        await File.WriteAllTextAsync(Key, rsa.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync($"{Key}.encrypted", rsa.ExportEncryptedPkcs8PrivateKeyPem(
            "right", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        await File.WriteAllTextAsync($"{Key}.none", "no key");
    }

    public async Task DisposeAsync()
    {
        await _snowflake.DisposeAsync();
        _volume.Dispose();
    }

    [Theory]
    [InlineData("authenticator=snowflake_jwt;private_key_file=KEY", "refused the credentials: JWT token is invalid",
        "RSA_PUBLIC_KEY")]
    [InlineData("authenticator=snowflake_jwt;private_key_file=KEY.gone", "cannot be opened: Could not find file",
        "Correct 'connection'")]
    [InlineData("authenticator=snowflake_jwt;private_key_file=KEY.encrypted;private_key_pwd=hunter2",
        "cannot be opened: Could not read private key", "private_key_pwd")]
    [InlineData("authenticator=snowflake_jwt;private_key_file=KEY.none", "cannot be opened: Could not read private key",
        "private_key_file")]
    [InlineData("authenticator=snowflake_jwt;private_key=hunter2", "cannot be opened: Could not read private key",
        "in quotes")]
    [InlineData("authenticator=snowflake_jwt", "its connection names no key", "private_key_file")]
    [InlineData("authenticator=oauth;token=hunter2", "refused the credentials: Invalid OAuth access token",
        "renew the secret")]
    [InlineData("authenticator=oauth", "cannot be opened: Required property TOKEN is not provided",
        "Correct 'connection'")]
    [InlineData("account=;password=hunter2", "cannot be opened: Required property ACCOUNT is not provided",
        "Correct 'connection'")]
    [InlineData("authenticator=telepathy;token=hunter2", "cannot be opened: Unknown authenticator: telepathy",
        "Correct 'connection'")]
    [InlineData("authenticator=workload_identity;workload_identity_provider=OIDC", "cannot be opened: ",
        "Correct 'connection'")]
    [InlineData("authenticator=https://bank.okta.com;password=hunter2",
        "refused the credentials: There was an error related to the SAML Identity Provider", "renew the secret")]
    public async Task Names_the_cause_and_the_next_step(string login, string reason, string hint)
    {
        _snowflake.Faults.Plan(Fault.KeyUnknown, login.Contains("jwt", StringComparison.Ordinal) ? 2 : 0);
        var source = StandIn.Source with { Connection = Connection(login), AllowPassword = true };
        var model = Sources.Query("select 1 as ID") with { Source = "snowflake" };
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, Sources.Registry(source, model));

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);
        var problem = await ProblemAsync(source, model);

        output.WriteLine($"{failed.Refresh.Reason}\n{failed.Refresh.Hint}\n{problem}");
        failed.Refresh.Reason.Should().Contain(reason.Replace("KEY", Key, StringComparison.Ordinal))
            .And.NotContain("270001").And.NotContain("Unable to connect").And.NotContain(Secret).And.NotContain("\n");
        failed.Refresh.Hint.Should().Contain(hint);
        problem.Should().NotContain("270001").And.NotContain("Unable to connect").And.NotContain(Secret);
    }

    private static async Task<string> ProblemAsync(SourceDefinition source, ModelDefinition model) =>
        string.Join('\n', await SourceProbe.ProblemsAsync(Sources.Registry(source, model), CancellationToken.None));

    private string Connection(string login) =>
        $"account=bank;host=127.0.0.1;port={_snowflake.Address.Port};scheme=http;user={Sessions.User};"
        + login.Replace("KEY", Key, StringComparison.Ordinal);
}
