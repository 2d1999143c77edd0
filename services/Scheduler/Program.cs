using Benchmark.Hosting;
using Benchmark.Scheduler;

var builder = ServiceHost.CreateBuilder(args, "scheduler");
builder.AddScheduler();
return await builder.RunServiceAsync();
