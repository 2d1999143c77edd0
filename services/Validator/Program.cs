using Benchmark.Hosting;
using Benchmark.Validator;

return await ServiceHost.RunAsync("validator", args, builder => builder.AddValidator());
