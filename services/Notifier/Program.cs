using Benchmark.Hosting;
using Benchmark.Notifier;

return await ServiceHost.RunAsync("notifier", args, builder => builder.AddNotifier());
