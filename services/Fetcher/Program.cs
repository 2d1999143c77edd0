using Benchmark.Fetcher;
using Benchmark.Hosting;

return await ServiceHost.RunAsync("fetcher", 8082, args, builder => builder.AddFetcher());
