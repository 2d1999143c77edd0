using System.Data.Common;
using Benchmark.Fetcher.Sources;
using Benchmark.Fetcher.Sources.Snowflake;

namespace Benchmark.Fetcher.Tests.Snowflake;

public sealed class Connecting_to_Snowflake
{
    [Theory]
    [InlineData("HTTPS_PROXY=http://proxy.bank.example:3128", "proxy.bank.example", "3128")]
    [InlineData("https_proxy=proxy.bank.example:3128", "proxy.bank.example", "3128")]
    [InlineData("HTTPS_PROXY=http://proxy.bank.example", "proxy.bank.example", "80")]
    public void Goes_through_the_proxy_of_the_environment(string variable, string host, string port)
    {
        var builder = Connection(variable);

        builder["useproxy"].Should().Be("true");
        builder["proxyhost"].Should().Be(host);
        builder["proxyport"].Should().Be(port);
        builder.ContainsKey("proxyuser").Should().BeFalse();
    }

    [Fact]
    public void Takes_user_and_password_of_the_proxy_and_who_needs_none()
    {
        var builder = Connection(
            "HTTPS_PROXY=http://me:a%20b@proxy.bank.example:3128",
            "NO_PROXY=.bank.example, localhost,*.storage.example");

        builder["proxyuser"].Should().Be("me");
        builder["proxypassword"].Should().Be("a b");
        Uri.UnescapeDataString((string)builder["nonproxyhosts"]).Should().Be(
            "*://bank.example*|*.bank.example*|*://localhost*|*.localhost*|*://storage.example*|*.storage.example*");
    }

    [Fact]
    public void Uses_no_proxy_where_there_is_none() => Connection().ContainsKey("useproxy").Should().BeFalse();

    [Fact]
    public void Refuses_what_is_no_proxy() =>
        ((Action)(() => Connection("HTTPS_PROXY=http://:0"))).Should().Throw<FetchRefusedException>()
            .WithMessage("The environment variable HTTPS_PROXY is not the address of a proxy.");

    [Theory]
    [InlineData("account=a;password=hunter2", "user hunter2 failed", "user … failed")]
    [InlineData("account=a;TOKEN=t0k3n;private_key_pwd=hunter2", "t0k3n and hunter2", "… and …")]
    [InlineData("account=a;private_key_file=/run/key.p8", "no file /run/key.p8", "no file /run/key.p8")]
    [InlineData("account=a;oauthClientSecret=s;proxyPassword=\"p q\"", "p q", "…")]
    [InlineData("hunter2", "hunter2 is none", "… is none")]
    [InlineData("account=a;password=e", "the user e failed", "the user … failed")]
    [InlineData("account=a;password=password", "password refused", "password refused")]
    [InlineData("account=a;disable_token_cache=true", "true", "true")]
    [InlineData("oauth_token_request_url=https://idp.bank.example/t", "no host https://idp.bank.example/t",
        "no host https://idp.bank.example/t")]
    [InlineData("account=a;password=correct-horse", "1correct-horse2", "1…2")]
    public void Says_no_secret(string connection, string text, string masked) =>
        ConnectionSecrets.Mask(text, connection).Should().Be(masked);

    [Fact]
    public void Says_no_secret_of_the_proxy_either()
    {
        var before = Environment.GetEnvironmentVariable("HTTPS_PROXY");
        Environment.SetEnvironmentVariable("HTTPS_PROXY", "http://me:pr0xy-word@proxy.bank.example:3128");
        try
        {
            var failed = SourceConnection.Failed(
                new SnowflakeSource(() => throw new NotSupportedException()), StandIn.Source,
                new StandInException(270001, "08006", "Error: pr0xy-word was refused"));

            failed.Message.Should().Be("Error: … was refused");
        }
        finally
        {
            Environment.SetEnvironmentVariable("HTTPS_PROXY", before);
        }
    }

    [Fact]
    public void Says_which_file_the_driver_lacks()
    {
        var failure = SnowflakeFailure.Explain(
            new TypeInitializationException("Snowflake.Data.Core.SFSession", new FileNotFoundException(
                "Could not load file or assembly.", "System.Text.Json, Version=13.0.0.0, Culture=neutral")),
            trouble: null);

        failure.Should().Be(new SourceFailure(
            FailureClass.Connection,
            "The driver cannot be used: it needs System.Text.Json, which is not beside it.",
            SnowflakeDriver.FilesHint));
    }

    [Fact]
    public void Says_the_cause_and_not_what_wraps_it()
    {
        var said = new StandInException(
            390422, "08004",
            "Error: Incoming request with IP 10.1.2.3 is not allowed.\n  at X SqlState: 08004, VendorCode: 390422, "
            + "QueryId: ");
        var failure = SnowflakeFailure.Explain(
            new StandInException(270001, "08006", "Unable to connect", new AggregateException(said)), trouble: null);

        failure.Message.Should().Be("Incoming request with IP 10.1.2.3 is not allowed.");
        failure.Class.Should().Be(FailureClass.Connection);
        failure.Hint.Should().Contain("network policy");
    }

    [Theory]
    [InlineData(null, FailureClass.Credentials)]
    [InlineData("bank answered the log-in with 503, 4 times in 61 s", FailureClass.Transient)]
    internal void Takes_no_token_for_wrong_that_grew_old_while_the_service_was_away(
        string? trouble, FailureClass expected)
    {
        var expired = new StandInException(390144, "08001", "JWT token is invalid.");

        SnowflakeFailure.Explain(expired, trouble).Class.Should().Be(expected);
    }

    private static DbConnectionStringBuilder Connection(params string[] environment)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = "account=a" };
        SnowflakeConnection.UseProxyOf(builder, name => environment.Select(variable => variable.Split('=', 2))
            .FirstOrDefault(variable => variable[0] == name)?[1]);
        return builder;
    }
}
