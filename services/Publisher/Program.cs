using Benchmark.Hosting;
using Benchmark.Publisher;

return await ServiceHost.RunAsync("publisher", 8084, args, builder => builder.AddPublisher());
