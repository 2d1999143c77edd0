using Benchmark.Fetcher;
using Benchmark.Hosting;

return await ServiceHost.RunAsync("fetcher", args, builder => builder.AddFetcher());
