using Benchmark.Hosting;
using Benchmark.Validator;

return await ServiceHost.RunAsync("validator", 8083, args, builder => builder.AddValidator());
