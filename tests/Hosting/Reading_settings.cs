using Microsoft.Extensions.Configuration;

namespace Benchmark.Hosting.Tests;

public sealed class Reading_settings : IDisposable
{
    private const string Variable = "BENCHMARK_ROOT";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, _before);

    [Fact]
    public void Takes_the_plain_name_from_the_environment()
    {
        Environment.SetEnvironmentVariable(Variable, "/mnt/efs");

        var configuration = new ConfigurationBuilder().AddPlainSettings([]).Build();

        configuration["Volume:Root"].Should().Be("/mnt/efs");
    }

    [Fact]
    public void Prefers_the_command_line()
    {
        Environment.SetEnvironmentVariable(Variable, "/mnt/efs");

        var configuration = new ConfigurationBuilder().AddPlainSettings(["--root", "/mnt/other"]).Build();

        configuration["Volume:Root"].Should().Be("/mnt/other");
    }

    [Fact]
    public void Takes_an_empty_variable_as_not_set()
    {
        Environment.SetEnvironmentVariable(Variable, "");

        var configuration = new ConfigurationBuilder().AddPlainSettings([]).Build();

        configuration["Volume:Root"].Should().BeNull();
    }

    [Theory]
    [InlineData("--once")]
    [InlineData("--once", "--root", "/mnt/efs")]
    [InlineData("--root=/mnt/efs", "--once")]
    public void Reads_a_flag_without_a_value_as_true(params string[] args)
    {
        var configuration = new ConfigurationBuilder().AddPlainSettings(args).Build();

        configuration["once"].Should().Be("true");
    }

    [Theory]
    [InlineData("--once", "--urls", "http://127.0.0.1:5001")]
    [InlineData("--urls", "http://127.0.0.1:5001", "--once")]
    [InlineData("--urls=http://127.0.0.1:5001", "--once")]
    public void Reads_the_value_of_an_option_that_stands_beside_a_flag(params string[] args)
    {
        var configuration = new ConfigurationBuilder().AddPlainSettings(args).Build();

        configuration["urls"].Should().Be("http://127.0.0.1:5001");
        configuration["once"].Should().Be("true");
    }
}
