using System.Reflection;
using System.Text.Json;
using Benchmark.Contracts;
using Benchmark.Fetcher;
using Benchmark.Hosting;
using Benchmark.Notifier;
using Benchmark.Publisher;
using Benchmark.Scheduler;
using Benchmark.Tests.Support;
using Benchmark.Validator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Cli.Tests;

/// <summary>The lines of every <c>Log</c> class, as they are written to file and console.</summary>
public sealed class Writing_log_lines : IDisposable
{
    private readonly TempVolume _directory = new();

    public static TheoryData<Type> Assemblies =>
    [
        typeof(ContractsServices), typeof(ServiceHost), typeof(SchedulerService), typeof(FetcherService),
        typeof(ValidatorService), typeof(PublisherService), typeof(NotifierService),
    ];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Fills_in_every_placeholder(Type anyOfAssembly)
    {
        var lines = Lines(anyOfAssembly.Assembly);

        var messages = Written(logger =>
            lines.ForEach(line => line.Invoke(null, [.. line.GetParameters().Select(p => Sample(p, logger))])));

        messages.Should().HaveCount(lines.Count).And.NotBeEmpty();
        messages.Should().OnlyContain(message => !message.Contains('{'));
    }

    [Fact]
    public void Keeps_two_hosts_of_one_process_apart()
    {
        using var first = HostWithLog("first.json");
        using (var second = HostWithLog("second.json"))
        {
            Logger(first).LogInformation("of the first");
            Logger(second).LogInformation("of the second");
        }
        first.Dispose();

        Messages("first.json").Should().Equal("of the first");
        Messages("second.json").Should().Equal("of the second");
    }

    private static List<MethodInfo> Lines(Assembly assembly) =>
    [
        .. assembly.GetTypes().Where(type => type.Name == "Log")
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null),
    ];

    private static object Sample(ParameterInfo parameter, ILogger logger) => parameter.ParameterType switch
    {
        var type when type == typeof(ILogger) => logger,
        var type when type == typeof(string) => "text",
        var type when type == typeof(Exception) => new IOException("No space left on device"),
        var type => Activator.CreateInstance(type)!,
    };

    private List<string> Written(Action<ILogger> write)
    {
        using (var host = HostWithLog("log.json"))
            write(Logger(host));
        return Messages("log.json");
    }

    private IHost HostWithLog(string log)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddFileLogs("test", Path.Combine(_directory.Root, log));
        return builder.Build();
    }

    private static ILogger Logger(IHost host) => host.Services.GetRequiredService<ILogger<Writing_log_lines>>();

    private List<string> Messages(string log) =>
    [
        .. File.ReadLines(Path.Combine(_directory.Root, log))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("message").GetString()!),
    ];
}
