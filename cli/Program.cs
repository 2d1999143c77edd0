using System.Runtime.InteropServices;
using Benchmark.Cli;
using Benchmark.Hosting;

if (SupportedPlatform.Problem() is { } problem)
{
    Console.Error.WriteLine(problem);
    return ExitCode.Infrastructure;
}
ArbitraryUser.ShareWithGroup();
using var cancellation = new CancellationTokenSource();
// The first Ctrl+C lets the command clean up; the second one ends the process.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
return await BenchmarkCommand.RunAsync(args, Terminal.OfProcess(), cancellation.Token);

void Cancel(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
