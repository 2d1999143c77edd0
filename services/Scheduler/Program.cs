using Benchmark.Hosting;
using Benchmark.Scheduler;

return await ServiceHost.RunAsync("scheduler", args, builder => builder.AddScheduler());
