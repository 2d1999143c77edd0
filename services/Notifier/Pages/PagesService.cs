using Benchmark.Notifier.Pages.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Pages;

/// <summary>Adds the pages to a process that has the Notifier and runs until it is stopped.</summary>
public static class PagesService
{
    /// <summary>
    /// Serves the pages at <see cref="PagesOptions.Address"/>. Called before <c>AddNotifier</c>, so that they are there
    /// while the rest still waits for a registry, and say why.
    /// </summary>
    public static void AddPages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<PagesOptions>, Listening>();
        builder.Services.AddSingleton<PagesServer>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<PagesServer>());
    }

    /// <summary>A line for the file of <see cref="PagesOptions.Users"/>.</summary>
    public static string SignInLine(string name, string password) => SignInFile.Line(name, password);

    /// <summary>Where a process serves its pages; null when it serves none.</summary>
    public static string? AddressOf(IServiceProvider process) => process.GetService<PagesServer>()?.Address;
}
