using Benchmark.Hosting;
using Benchmark.Notifier;

return await ServiceHost.RunAsync("notifier", 8085, args, builder => builder.AddNotifier());
