using Benchmark.Hosting;
using Benchmark.Fetcher;

var builder = ServiceHost.CreateBuilder(args, "fetcher");
builder.AddFetcher();
return await builder.RunServiceAsync();
