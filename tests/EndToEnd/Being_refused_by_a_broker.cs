using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

[NeedsRabbitMq]
[Collection(BrokerOfUsersCollection.Name)]
public sealed class Being_refused_by_a_broker(Broker broker) : IAsyncLifetime
{
    private const string Line = "The broker does not serve this process: ";

    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.CreateAsync(broker.Server);
        _site.Registers("a: {table: a}");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory(Timeout = 300_000)]
    [InlineData("wrong password", "ACCESS_REFUSED - Login was refused", "Correct user, password and virtual host")]
    [InlineData(
        "no such virtual host", "NOT_ALLOWED - vhost elsewhere not found", "Correct user, password and virtual host")]
    [InlineData("no TLS", "refuses the connection", "5671")]
    [InlineData("amqp://guest:hunter2@no-such-host.invalid/", "refuses the connection", "correct RABBITMQ_URI")]
    [InlineData("amqp://guest:hunter2@127.0.0.1:1/", "Connection refused", "Start it, or correct RABBITMQ_URI")]
    public async Task Says_the_cause_and_the_next_step_in_one_line(string address, string cause, string nextStep)
    {
        var right = broker.Server.Address(_site.VirtualHost, password: "hunter2").OriginalString;
        _site.Environment["RABBITMQ_URI"] = address switch
        {
            "wrong password" => right,
            "no such virtual host" => broker.Server.Address("elsewhere").OriginalString,
            "no TLS" => right.Replace("amqp:", "amqps:", StringComparison.Ordinal),
            _ => address,
        };

        using var validator = _site.Run("Benchmark.Validator");
        await Site.UntilAsync("it has said so",
            () => Task.FromResult(validator.HasExited || validator.Output.Contains(Line)),
            TimeSpan.FromMinutes(2));
        var exitCode = await validator.EndAsync();

        exitCode.Should().Be(0, validator.Output);
        var line = validator.Output.Split('\n').First(line => line.Contains(Line));
        line.Should().Contain(cause).And.Contain(nextStep);
        validator.Output.Should().NotContain("Not ready: ", "it is said once")
            .And.NotContain("\"stack\"").And.NotContain("hunter2");
        validator.Output.Length.Should().BeLessThan(8_000);
    }

    [Fact(Timeout = 300_000)]
    public async Task Does_not_take_a_registry_that_is_invalid_for_a_broker_that_serves_nothing()
    {
        _site.Registers("a: {tabel: a}");
        _site.Environment["RabbitMq__RestartAfter"] = "00:00:04";

        using var validator = _site.Run("Benchmark.Validator");
        await Site.UntilAsync("it has said so",
            () => Task.FromResult(validator.HasExited || validator.Output.Contains("Not ready: ")),
            TimeSpan.FromMinutes(2));
        // Three times RestartAfter: that nothing ends it shows only with time.
        await Task.WhenAny(validator.ExitAsync(), Task.Delay(TimeSpan.FromSeconds(12)));

        validator.HasExited.Should().BeFalse(validator.Output);
        (await validator.EndAsync()).Should().Be(0, validator.Output);
    }
}
