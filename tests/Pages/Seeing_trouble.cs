using Benchmark.Notifier;
using Benchmark.Notifier.Pages;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Pages.Tests;

public sealed class Seeing_trouble : IDisposable
{
    private readonly TempVolume _volume = new();

    private string Registry => Path.Combine(_volume.Root, "models.yaml");

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task Shows_the_problems_of_a_registry_with_line_and_hint_before_any_is_valid()
    {
        await File.WriteAllTextAsync(Registry, "version: 1\nvalue_streems: {}\n");
        using var process = await StartAsync([]);
        using var client = new HttpClient();

        var trouble = await client.GetStringAsync($"{PagesService.AddressOf(process.Services)}/trouble");
        var overview = await client.GetAsync(PagesService.AddressOf(process.Services));

        trouble.Should().Contain("value_streems").And.Contain("<td class=\"number\">2</td>")
            .And.Contain("value_streams");
        ((int)overview.StatusCode).Should().Be(503);
        (await overview.Content.ReadAsStringAsync()).Should().Contain("The registry is invalid");
        await process.StopAsync();
    }

    [Fact]
    public async Task Shows_the_problem_of_a_broker_beside_the_rest()
    {
        await File.WriteAllTextAsync(Registry, "version: 1\n");
        using var process = await StartAsync(
            new() { ["RabbitMq:Uri"] = $"amqp://guest:secret-word@127.0.0.1:{FreePort.Find()}/" });
        using var client = new HttpClient();

        var trouble = await client.GetStringAsync($"{PagesService.AddressOf(process.Services)}/trouble");

        trouble.Should().Contain("refuses the connection").And.NotContain("secret-word")
            .And.Contain("Models that are late");
        await process.StopAsync();
    }

    private async Task<IHost> StartAsync(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["State:Directory"] = Path.Combine(_volume.Root, "state"),
            ["Volume:Root"] = _volume.Root,
            ["Registry:Path"] = Registry,
            ["Pages:Address"] = $"http://127.0.0.1:{FreePort.Find()}",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddNotifier();
        builder.Services.AddMassTransitTestHarness(TextWriter.Null, NotifierService.AddRuns);
        // Only the pages start: the rest waits for a registry and a broker.
        builder.Services.RemoveAll<IHostedService>();
        builder.AddPages();
        var process = builder.Build();
        await process.StartAsync();
        return process;
    }
}
