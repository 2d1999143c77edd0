using Benchmark.Hosting;
using Benchmark.Notifier;

var builder = ServiceHost.CreateBuilder(args, "notifier");
builder.AddNotifier();
return await builder.RunServiceAsync();
