using Benchmark.Hosting.Broker;

namespace Benchmark.Hosting.Tests;

public sealed class Naming_the_broker
{
    [Theory]
    [InlineData("amqp://u:p@one/vhost", "amqp://u:p@one/vhost", "")]
    [InlineData("amqps://u:p%40x@one:5671,two,three:5673/v", "amqps://u:p%40x@one:5671/v", "two three:5673")]
    [InlineData("amqp://one,two", "amqp://one/", "two")]
    [InlineData("amqp://u:a,b@one/", "amqp://u:a,b@one/", "")]
    public void Takes_one_host_or_several(string text, string first, string others)
    {
        var address = BrokerAddress.Parse(text)!;

        address.First.Should().Be(new Uri(first));
        string.Join(' ', address.Others).Should().Be(others);
        address.ToString().Should().NotContain("u:p");
    }

    [Theory]
    [InlineData("http://one/")]
    [InlineData("amqp://")]
    [InlineData("amqp://one,/v")]
    [InlineData("amqp://one,two:port/v")]
    [InlineData("one,two")]
    public void Takes_nothing_else(string text) => BrokerAddress.Parse(text).Should().BeNull();
}
