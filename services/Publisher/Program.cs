using Benchmark.Hosting;
using Benchmark.Publisher;

return await ServiceHost.RunAsync("publisher", args, builder => builder.AddPublisher());
