using Benchmark.Hosting;
using Benchmark.Scheduler;

return await ServiceHost.RunAsync("scheduler", 8081, args, builder => builder.AddScheduler());
