using Benchmark.Hosting;
using Benchmark.Validator;

var builder = ServiceHost.CreateBuilder(args, "validator");
builder.AddValidator();
return await builder.RunServiceAsync();
