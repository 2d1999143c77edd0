using Benchmark.Contracts;
using Benchmark.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Cli;

/// <summary>A bus in this process, from which a command sends messages; its logs are in a file.</summary>
internal static class CommandHost
{
    /// <param name="invocation">The command.</param>
    /// <param name="add">Adds what this command has besides.</param>
    public static IHost Create(Invocation invocation, Action<IHostApplicationBuilder>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddConfiguration(invocation.Configuration);
        builder.AddFileLogs("benchmark", OneProcess.LogFile(invocation));
        builder.AddTelemetry("benchmark");
        builder.AddMessageTags(RefreshTags.Of, RefreshTags.FailureOf);
        add?.Invoke(builder);
        builder.AddBus();
        return builder.Build();
    }
}
