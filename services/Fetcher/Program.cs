using Benchmark.Fetcher;
using Benchmark.Hosting;

var builder = ServiceHost.CreateBuilder(args, "fetcher");
builder.AddFetcher();
return await builder.RunServiceAsync();
