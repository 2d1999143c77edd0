using System.Data.Common;
using Benchmark.Contracts.Registry;

namespace Benchmark.Contracts.Tests;

public sealed class Putting_secrets_into_a_connection
{
    [Theory]
    [InlineData("semi;colon=1")]
    [InlineData("ends with a blank ")]
    [InlineData(" begins with one")]
    [InlineData("it's \"quoted\"")]
    [InlineData("${OTHER}")]
    [InlineData("a=b")]
    public void Takes_a_password_to_the_letter(string password)
    {
        var expanded = Source("Host=db;Username=u;Password=${PW};Database=d")
            .Expand(Environment(password), out var missing);

        missing.Should().BeEmpty();
        var parsed = new DbConnectionStringBuilder { ConnectionString = expanded.Connection };
        parsed["Password"].Should().Be(password);
        parsed["Database"].Should().Be("d");
    }

    [Fact]
    public void Takes_a_variable_for_a_part_of_a_value()
    {
        Source("Host=db-${PW}.bank.example;Port=1").Expand(Environment("test"), out _).Connection
            .Should().BeEquivalentTo("host=db-test.bank.example;port=1");
    }

    [Theory]
    [InlineData("${PW}")]
    [InlineData("${PW};Database=d")]
    public void Takes_a_variable_that_holds_a_whole_connection_string(string connection)
    {
        var expanded = Source(connection).Expand(Environment("Host=db;Password=x"), out _);

        expanded.Connection.Should().Be(connection.Replace("${PW}", "Host=db;Password=x"));
    }

    [Fact]
    public void Leaves_the_place_of_one_that_is_not_set()
    {
        Source("Host=db;Password=${NO}").Expand(Environment("x"), out var missing).Connection.Should().Contain("${NO}");

        missing.Should().Equal("NO");
    }

    private static SourceDefinition Source(string connection) =>
        new() { Name = "s", Kind = "postgres", Connection = connection };

    private static Dictionary<string, string?> Environment(string password) => new() { ["PW"] = password };
}
