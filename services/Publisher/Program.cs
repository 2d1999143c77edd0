using Benchmark.Hosting;
using Benchmark.Publisher;

var builder = ServiceHost.CreateBuilder(args, "publisher");
builder.AddPublisher();
return await builder.RunServiceAsync();
