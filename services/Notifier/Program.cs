using Benchmark.Hosting;
using Benchmark.Notifier;
using Benchmark.Notifier.Pages;

return await ServiceHost.RunAsync("notifier", 8085, args, builder =>
{
    builder.AddPages();
    builder.AddNotifier();
});
