using Microsoft.Extensions.Configuration;

namespace Benchmark.Hosting.Tests;

public sealed class Naming_a_process
{
    [Theory]
    [InlineData("", "fetcher", null, null)]
    [InlineData(
        "OTEL_RESOURCE_ATTRIBUTES=service.name=a,deployment.environment=b,service.version=c%20d", "a", "b", "c d")]
    [InlineData(
        "OTEL_RESOURCE_ATTRIBUTES=deployment.environment=old,deployment.environment.name=new", "fetcher", "new", null)]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES=service.name=a;OTEL_SERVICE_NAME=b", "b", null, null)]
    [InlineData("OTEL_SERVICE_NAME=b;DD_TAGS=service:c,env:d,version:e", "c", "d", "e")]
    [InlineData("DD_TAGS=service:c,env:d,version:e;DD_SERVICE=f;DD_ENV=g;DD_VERSION=h", "f", "g", "h")]
    [InlineData("DD_TAGS=env:d;DD_ENV=g;Telemetry:Environment=prod", "fetcher", "prod", null)]
    [InlineData("DD_SERVICE=;DD_ENV=;OTEL_SERVICE_NAME=b", "b", null, null)]
    public void Takes_the_first_of_what_Datadog_and_OpenTelemetry_set(
        string environment, string service, string? env, string? version)
    {
        var identity = Identity(environment);

        (identity.Service, identity.Env, identity.Version).Should().Be((service, env, version));
    }

    [Theory]
    [InlineData("DD_TAGS=team:model-risk,url:http://a:1,cost centre:4 711")]
    [InlineData("DD_TAGS= team:model-risk ,, url:http://a:1, cost centre: 4 711, none,:empty")]
    public void Reads_tags_between_commas(string environment) =>
        Identity(environment).Tags.Should().Equal(new Dictionary<string, string>
        {
            ["team"] = "model-risk",
            ["url"] = "http://a:1",
            ["cost centre"] = "4 711",
        });

    [Fact]
    public void Reads_tags_between_spaces_where_there_is_no_comma()
    {
        var identity = Identity("DD_TAGS=env:prod team:model-risk");

        identity.Env.Should().Be("prod");
        identity.Tags.Should().Equal(new Dictionary<string, string> { ["team"] = "model-risk" });
    }

    private static ServiceIdentity Identity(string environment) => ServiceIdentity.Of(
        new ConfigurationBuilder().AddInMemoryCollection(environment.Split(';')
            .Select(variable => variable.Split('=', 2))
            .Where(variable => variable.Length == 2)
            .Select(variable => KeyValuePair.Create(variable[0], (string?)variable[1]))).Build(),
        "fetcher");
}
